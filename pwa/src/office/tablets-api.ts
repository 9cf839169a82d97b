/** What the desk asks about tablets and the people who may record on them. */

import type { Device, Devices } from "../wire.ts";
import { ask, type Ending } from "./api.ts";

const at = (school: string): string => `/schools/${school}`;

export const devicesOf = (school: string): Promise<Ending<Devices>> => ask(`${at(school)}/devices`);

export const revokeDevice = (
  school: string,
  device_id: string,
  why: string,
): Promise<Ending<Device>> => ask(`${at(school)}/devices/${device_id}/revocation`, { why });

export const allowDevice = (
  school: string,
  device_id: string,
  why: string,
): Promise<Ending<Device>> => ask(`${at(school)}/devices/${device_id}/allowance`, { why });

export const revokePerson = (
  school: string,
  staff_id: string,
  why: string,
): Promise<Ending<unknown>> => ask(`${at(school)}/staff/${staff_id}/revocation`, { why });
