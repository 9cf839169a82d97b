/** The teacher's page in Spanish. */

import shared from "./es/shared.json";
import teacher from "./es/teacher.json";
import worker from "./es/worker.json";

export const words = { ...worker, ...shared, ...teacher };
