/** What the desk asks about day passes. */

import type { DayPass, IssuedPass, Passes } from "../wire.ts";
import { ask, type Ending } from "./api.ts";
import type { IssueBody } from "./pass-form.ts";

const at = (school: string): string => `/schools/${school}/passes`;

export const passesOf = (school: string, on: string): Promise<Ending<Passes>> =>
  ask(`${at(school)}?on=${on}`);

export const issuePass = (school: string, body: IssueBody): Promise<Ending<IssuedPass>> =>
  ask(at(school), body);

export const newCode = (school: string, pass_id: string): Promise<Ending<IssuedPass>> =>
  ask(`${at(school)}/${pass_id}/code`, {});

export const revokePass = (school: string, pass_id: string): Promise<Ending<DayPass>> =>
  ask(`${at(school)}/${pass_id}/revocation`, {});
