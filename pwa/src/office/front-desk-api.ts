/** What the front desk asks of the server. */

import type {
  Codes,
  DeskNotice,
  DeskNotices,
  DeskStudents,
  EndedNotice,
  NewNotice,
  NewVisit,
  Visit,
  Visits,
  WithdrawnVisit,
} from "../wire.ts";
import { ask, type Ending } from "./api.ts";

const at = (school: string, where: string): string => `/schools/${school}/${where}`;

export const studentsOf = (school: string): Promise<Ending<DeskStudents>> =>
  ask(at(school, "desk-students"));
export const codesOf = (school: string): Promise<Ending<Codes>> => ask(at(school, "codes"));
export const visitsOf = (school: string): Promise<Ending<Visits>> => ask(at(school, "visits"));
export const noticesOf = (school: string): Promise<Ending<DeskNotices>> =>
  ask(at(school, "notices"));

export const noteVisit = (school: string, body: NewVisit): Promise<Ending<Visit>> =>
  ask(at(school, "visits"), body);
export const withdrawVisit = (school: string, body: WithdrawnVisit): Promise<Ending<Visit>> =>
  ask(at(school, "visits/withdrawn"), body);
export const noteNotice = (school: string, body: NewNotice): Promise<Ending<DeskNotice>> =>
  ask(at(school, "notices"), body);
export const endNotice = (school: string, body: EndedNotice): Promise<Ending<DeskNotice>> =>
  ask(at(school, "notices/ended"), body);
