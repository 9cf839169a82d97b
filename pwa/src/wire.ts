// Written by `python -m schemas` from schemas/; never edit. The fields' meaning is there.

/** An instant in UTC with milliseconds: 2026-11-23T16:41:07.213Z. */
export type Instant = string;
/** A school date: 2026-11-23. */
export type SchoolDate = string;
export type Uuid = string;

/** What may be done to a roll as a whole. */
export type Act = "certify" | "lock" | "reopen";

/** Whether proof is asked for. `never`: the law forbids to demand it. */
export type Asks = "required" | "optional" | "never";

/** What a desk wrote down: came to the school, left it, or was with somebody for a while. */
export type At = "arrived" | "left" | "visit";

/**
 * What happened to a roll: entered first, changed by a teacher, ruled by the office, signed,
 * locked or opened again.
 */
export type AuditKind = "entered" | "changed" | "ruled" | "certify" | "lock" | "reopen";

/** Whether there is a valid excuse; pending until somebody says, or the time to say is over. */
export type Authorised = "yes" | "no" | "pending";

/** Which of the year's sums a day belongs to; `undetermined` and `not_expected` to none. */
export type Bucket = "attended" | "in_school_suspension" | "study" | "study_incomplete" | "excused" | "unexcused" | "pending" | "suspension" | "undetermined" | "not_expected";

/** Which end of an enrollment an instant is about. */
export type CameOrLeft = "came" | "left";

/**
 * What may be done about a held op: its word becomes the office's, it is left out for good, or
 * it is judged once more by what the school knows now.
 */
export type Choice = "take_over" | "set_aside" | "hear_again";

/** What is done to a day or a month. */
export type CloseAct = "close" | "reopen";

/** What is closed at once. */
export type ClosedSpan = "day" | "month";

/** How 8/9/2026 is meant. */
export type DateOrder = "mdy" | "dmy";

/** What a school date is; the first two expect rolls. */
export type DayKind = "instructional" | "make_up" | "holiday" | "closed" | "emergency";

/** What a student's date came to, in the words of `sync.day`. */
export type DayOutcome = "present" | "part_day" | "full_day" | "undetermined" | "not_expected";

/** A next step that is suggested; never done by itself. */
export type Do = "ask_teacher" | "check_roster" | "rule_late" | "rule_elsewhere" | "look_for_student" | "end_notice" | "prove_mark_wrong" | "look_again";

/** How files ended. Only `imported` wrote anything. */
export type FilesEnding = "planned" | "imported" | "unchanged" | "refused";

/** What does not fit together. */
export type FindingKind = "two_rooms" | "between" | "at_the_window" | "visiting" | "vanished" | "seen_after_all" | "too_quick";

/** An error loses a line and stops the import; a warning is worth a look. */
export type FindingSeverity = "error" | "warning";

/** What a person did about a finding: nothing yet, looked at it, or set it aside. */
export type FindingState = "open" | "looked_at" | "set_aside";

/**
 * How an op came about that nobody took in the room with a tablet: copied from a sheet of
 * paper, or taken over from an op that was held.
 */
export type How = "paper" | "held";

/** What an op is: a staff member's submission, or the office's ruling. */
export type Kind = "submit" | "rule";

/** How much of the day an absence is about. */
export type Missed = "full_day" | "part_day";

/** Why there is nobody to take a roll. */
export type NobodyWhy = "nobody_assigned" | "all_away";

/** What became of an op: on the record, waiting for a person, or not part of the record. */
export type Outcome = "accepted" | "held" | "refused";

/** Where a pass stands: not yet used, on a tablet, over, or withdrawn. */
export type PassState = "open" | "in_use" | "ended" | "revoked";

/** Over what a cap counts its days. */
export type Per = "incident" | "month" | "semester" | "year";

/** Whose line it is: the front desk's, or a sign-in sheet's. */
export type Place = "window" | "nurse" | "counselor" | "testing";

/** What was seen of a student. `elsewhere` (trip, nurse, testing) is the office's word alone. */
export type Presence = "present" | "late" | "left_early" | "absent" | "elsewhere";

/**
 * What became of a test: the push service took it, knows the subscription no more, may be
 * asked later, will not take it; or there is no subscription.
 */
export type PushTestEnd = "sent" | "gone" | "later" | "refused" | "none";

/** How a held op ended: heard again and taken in, taken over by the office, or set aside. */
export type Resolved = "accepted" | "taken_over" | "set_aside";

/**
 * What a person is at a school. Authority over a roll comes from teaching on its date;
 * a substitute's comes from a day pass, for the rolls that it lists. An auditor reads the whole
 * school and changes nothing.
 */
export type Role = "teacher" | "office" | "administrator" | "substitute" | "auditor";

/** How an expected roll met its deadline; `pending`: it is not taken and not late yet. */
export type RollMet = "on_time" | "delivered_later" | "late" | "unproven" | "not_taken" | "pending";

/** Where a roll stands on its way to the certified record. */
export type RollState = "not_taken" | "submitted" | "corrected" | "certified" | "locked";

/** Which sum a possible session belongs to. */
export type SessionCount = "attended" | "authorised" | "unauthorised" | "pending";

/**
 * Who was signed in when a batch was delivered: somebody, nobody, or somebody no longer. In the
 * last two the device delivered it by its own cookie.
 */
export type SessionWord = "ok" | "none" | "ended";

/** What is summed by itself at the end of the year (CALPADS 13.17, 13.18, 13.21). */
export type Special = "suspension" | "in_school_suspension" | "independent_study";

/** Where an absence stands; `away`: the student has not come back, so no time runs yet. */
export type State = "away" | "open" | "lapsed" | "cleared";

/**
 * Why a subscription lives no more: another took its place, it was ended on the tablet, the
 * person signed out or changed the password elsewhere, tablet, person or pass lost their leave,
 * the push service knows it no more or never takes anything, there were too many, its key was
 * withdrawn.
 */
export type SubscriptionEnd = "replaced" | "by_hand" | "signed_out" | "device_revoked" | "person_revoked" | "pass_ended" | "gone" | "refused" | "too_many" | "key_withdrawn";

/** Somebody has the roll before them, or it is saved on the tablet and waits. */
export type TabletState = "open" | "waiting";

/** How a received roll met its deadline (SPEC.md, D). */
export type Timeliness = "on_time" | "taken_on_time" | "late" | "late_unproven";

/** Whom a step of the ladder speaks to. */
export type To = "teachers" | "office" | "administrators";

/** How the office was told of an absence. */
export type ToldHow = "phone" | "letter" | "mail" | "in_person";

/**
 * How somebody is reached: a notification on a tablet, a mail, only Rollbook's own pages while
 * they are open, or not at all.
 */
export type Way = "push" | "mail" | "app" | "none";

/** Where the student was, by the code. */
export type Where = "in_class" | "on_site" | "off_site_supervised" | "absent" | "not_expected" | "unknown";

/**
 * Why a mark reads otherwise than the op said; `office_only`: *elsewhere* is the office's word,
 * and a submission states no presence with it.
 */
export type Why = "office_stands" | "other_teacher_stands" | "sighting_stands" | "own_later" | "explained" | "office_only";

/**
 * A person and the device they sign in on. `school_id` only where they have several schools.
 *
 * `grants`: the leaves to record that this device holds for this person; a school that was
 * restored from a backup learns of them again.
 */
export interface SignIn {
  username: string;
  password: string;
  device_id: Uuid;
  device_label?: string;
  school_id?: Uuid;
  grants?: Uuid[];
}

/** The person who is signed in, at this school. */
export interface Me {
  staff_id: Uuid;
  name: string;
  role: Role;
  username: string;
}

/** A school; its zone turns school dates and times of day into instants. */
export interface SchoolFacts {
  school_id: Uuid;
  name: string;
  zone: string;
}

/** A school to choose from. */
export interface SchoolName {
  school_id: Uuid;
  name: string;
}

/** This person on this device may record for the school until then, signed in or not. */
export interface Grant {
  grant_id: Uuid;
  staff_id: Uuid;
  device_id: Uuid;
  until_at: Instant;
}

/** All that a device needs to begin: who, where, and the leave to record. */
export interface SignedIn {
  me: Me;
  school: SchoolFacts;
  schools: SchoolName[];
  grant: Grant;
  epoch: string;
  server_time: Instant;
  expires_at: Instant;
}

/** A pass's code, typed or scanned, and the device that it is to be used on. */
export interface RedeemPass {
  code: string;
  device_id: Uuid;
  device_label?: string;
}

/** A person's own password, and the one that shall take its place. */
export interface PasswordChange {
  old: string;
  new: string;
  device_id: Uuid;
}

/** Who is signed in at this moment, at which school, and until when. */
export interface SignedInAs {
  me: Me;
  school: SchoolFacts;
  schools: SchoolName[];
  expires_at: Instant;
  server_time: Instant;
}

/** The server's clock, for measuring a device's against it. */
export interface ServerTime {
  server_time: Instant;
  epoch?: string;
}

/**
 * How a device's clock stood against the server's when the op was taken.
 *
 * `asleep_ms`: by how much, since the last contact, the wall clock ran ahead of the monotonic one
 * (the device slept, or its clock was set forward): `taken_at` may be that much too late.
 */
export interface Clock {
  offset_ms: number;
  uncertainty_ms: number;
  server_seen_at: Instant | null;
  suspect: boolean;
  asleep_ms?: number;
}

/**
 * Where an op comes from that nobody took in the room with a tablet.
 *
 * `paper`: copied from a sheet that `taken_by` filled in, by their word at `stated_at`. `held`:
 * taken over from the held op `op_id`.
 */
export interface Source {
  how: How;
  op_id?: Uuid;
  taken_by?: string;
  stated_at?: Instant;
}

/**
 * One student's line in an op. `parents` are the ops that the author had seen for the student.
 *
 * `note_sealed` is a note that only the school's key opens (docs/protocol.md). `reason`,
 * `excused`, `evidence` and `why` belong to a ruling of the office; so do `incident`, which names
 * what days belong together, and `noticed_on`, a date such as 2026-11-23 on which the school was
 * told.
 */
export interface SentMark {
  student_id: Uuid;
  presence?: Presence | null;
  arrived_at?: Instant | null;
  left_at?: Instant | null;
  note?: string;
  note_sealed?: string;
  parents?: Uuid[];
  reason?: string | null;
  excused?: boolean | null;
  evidence?: string | null;
  why?: string;
  incident?: string;
  noticed_on?: string;
}

/**
 * One entry for the school's log: absolute values about one roll, made on a device.
 *
 * `took_ms`: how long it took from when the roll was opened there until it was submitted, where
 * the device knows.
 */
export interface Op {
  id: Uuid;
  v: 1;
  kind: Kind;
  roll_id: Uuid;
  grant?: Uuid;
  roster_rev?: number;
  taken_at: Instant;
  took_ms?: number;
  clock?: Clock;
  source?: Source;
  marks: SentMark[];
}

/** A batch of ops. Each is decoded by itself: one bad op never fails the others. */
export interface Push {
  protocol: 1;
  app: string;
  device_id: Uuid;
  epoch: string | null;
  client_time: Instant;
  ops: Op[];
}

/** Who did it, as others may see them. */
export interface By {
  role: Role;
  name: string;
  staff_id: Uuid;
}

/** A mark that now reads otherwise than the op said, and why. */
export interface ChangedMark {
  student_id: Uuid;
  sent: Presence | null;
  now: Presence | null;
  by: By | null;
  why: Why;
  flags: string[];
}

/** How the roll stands after the op; `unmarked` is empty while it is not taken. */
export interface RollOutcome {
  state: RollState;
  timeliness: Timeliness | null;
  unmarked: Uuid[];
  next_day: boolean;
}

/** What became of one op. `detail` is in words for a person; `hash` is of what was received. */
export interface Result {
  id: string;
  outcome: Outcome;
  reason: string | null;
  detail: string | null;
  seq: number | null;
  received_at: Instant;
  replayed: boolean;
  hash: string;
  stored_hash?: string;
  marks: ChangedMark[];
  roll: RollOutcome | null;
}

/**
 * One result an op, in the order they were sent, answered after the commit.
 *
 * `session` other than `ok`: the device delivered by itself; no result then names anybody.
 */
export interface PushAnswer {
  protocol: 1;
  session: SessionWord;
  epoch: string;
  server_time: Instant;
  backoff_s: number;
  safe_before: Instant | null;
  results: Result[];
}

/**
 * From where on to read (`epoch.seq`), how much, and how long to wait for news.
 *
 * `aside`: the board's number; the wait also ends when it is another one. For the office.
 */
export interface ChangesQuery {
  since: string;
  limit?: number;
  wait?: number;
  aside?: number;
}

/** When the roll was certified, and by whom. */
export interface Certified {
  at: Instant;
  by: By;
}

/**
 * Since when the roll is locked, and by whom: whoever locked it or set the rule that did; null
 * where nobody is known who set it.
 */
export interface Locked {
  at: Instant;
  by: By | null;
}

/**
 * What one person said of a student: `op` is a place in the roll's `ops`, `by` in its `people`.
 *
 * `why` are a ruling's own words; `offline`: received more than two minutes after it was taken.
 */
export interface Voice {
  op: number;
  by: number;
  kind: Kind;
  presence: Presence | null;
  arrived_at?: Instant;
  taken_at: Instant;
  received_at: Instant;
  why?: string;
  offline: boolean;
  source?: Source;
}

/**
 * One student's line on the folded roll.
 *
 * `heads` are indexes into the roll's `ops` (default [0]), `by` into its `people` (default 0).
 * `office` is the office's own word when it ruled, `seen` the staff's where it differs from
 * `presence`, `notes` how many notes there are. `voices`, where people disagree or the office
 * ruled: what stands against each other first, then what others said before.
 */
export interface Mark {
  student_id: Uuid;
  presence: Presence | null;
  arrived_at?: Instant;
  left_at?: Instant;
  heads?: number[];
  by?: number;
  office?: Presence | null;
  seen?: Presence | null;
  flags?: string[];
  notes?: number;
  voices?: Voice[];
}

/**
 * All that was observed and ruled about one meeting, folded; expected whether taken or not.
 *
 * `unmarked` are the enrolled students whose presence nobody stated. While the roll is not taken
 * it is empty: everybody on the section's roster of that date is unmarked by definition.
 */
export interface Roll {
  type: "roll";
  roll_id: Uuid;
  seq: number;
  section_id: Uuid;
  on: SchoolDate;
  period: string;
  period_name: string;
  starts_at: Instant;
  ends_at: Instant;
  opens_at: Instant;
  due_at: Instant;
  late_at: Instant;
  closes_at: Instant;
  locks_at: Instant | null;
  expected: boolean;
  void_reason: string | null;
  void_note: string | null;
  state: RollState;
  timeliness: Timeliness | null;
  next_day: boolean;
  taken_at: Instant | null;
  received_at: Instant | null;
  submitted_by: Uuid | null;
  revision: number;
  countersign: boolean;
  contested: number;
  safety: number;
  certified: Certified | null;
  locked: Locked | null;
  ops: Uuid[];
  people: By[];
  marks: Mark[];
  unmarked: Uuid[];
  known: Uuid[];
}

/** A teaching assignment: primary, co_teacher or substitute, from–to. */
export interface Teacher {
  staff_id: Uuid;
  name: string;
  role: string;
  begin_on: SchoolDate | null;
  end_on: SchoolDate | null;
}

/**
 * A student in a section. `end_on` is the last day on the roll. `begin_at` and `end_at` are
 * instants on the first and the last day, where it is known that she came or left during it: she
 * is on the rolls of the meetings that begin in between (F10.3).
 */
export interface Student {
  student_id: Uuid;
  given_name: string;
  family_name: string;
  grade: string | null;
  begin_on: SchoolDate | null;
  end_on: SchoolDate | null;
  begin_at?: Instant;
  end_at?: Instant;
}

/** A group taught a course, with its dated roster. */
export interface Section {
  type: "section";
  section_id: Uuid;
  seq: number;
  title: string;
  course: string | null;
  room: string | null;
  roster_rev: number;
  active: boolean;
  teachers: Teacher[];
  students: Student[];
}

/** A school date and the bell schedule in force on it. */
export interface Day {
  on: SchoolDate;
  kind: DayKind;
  note: string | null;
  schedule: string | null;
}

/** The dates that a device may need. */
export interface Calendar {
  type: "calendar";
  seq: number;
  days: Day[];
}

/** How many students of a roll stand as what. */
export interface Counts {
  present: number;
  late: number;
  left_early: number;
  absent: number;
  elsewhere: number;
}

/** How a held op ended, by whom and why; nobody where the server heard it again by itself. */
export interface Resolution {
  how: Resolved;
  at: Instant;
  by: By | null;
  why: string | null;
}

/**
 * An op that waits for a person, or waited and was resolved.
 *
 * `detail` says why in words for the reader; `counts` are of what it states, `students` the name
 * where it speaks of one student only.
 */
export interface HeldItem {
  type: "held";
  seq: number;
  op_id: Uuid;
  roll_id: Uuid | null;
  reason: string;
  detail: string;
  author: By | null;
  taken_at: Instant;
  received_at: Instant;
  section_title: string | null;
  on: SchoolDate | null;
  period_name: string | null;
  device_label: string | null;
  marks_count: number;
  counts: Counts;
  students: string;
  resolution: Resolution | null;
}

/**
 * What changed since the cursor, in the order it happened, in one snapshot.
 *
 * `aside`: how often something changed that the board shows beside the rolls; null where nobody
 * asked.
 */
export interface Changes {
  protocol: 1;
  epoch: string;
  server_time: Instant;
  cursor: string;
  scope: string;
  safe_before: Instant | null;
  session: SessionWord;
  more: boolean;
  backoff_s: number;
  aside: number | null;
  changes: Change[];
}

/** The school dates that a bootstrap covers, both inclusive. */
export interface Horizon {
  from: SchoolDate;
  to: SchoolDate;
}

/** The school's public key (P-256, uncompressed point, base64url): tablets seal notes to it. */
export interface Sealing {
  key_id: Uuid;
  public: string;
}

/** A public key (P-256, uncompressed point, base64url) that signed slips of the front desk. */
export interface SlipKey {
  key_id: Uuid;
  public: string;
}

/**
 * All that a device needs to work for days without a network.
 *
 * `held` are the person's own ops that wait, and those that were resolved in the last 21 days.
 * `slip_keys`: what verifies slips of the front desk, the key that signs now first.
 */
export interface Bootstrap {
  protocol: 1;
  epoch: string;
  server_time: Instant;
  cursor: string;
  scope: string;
  safe_before: Instant | null;
  horizon: Horizon;
  school: SchoolFacts;
  me: Me;
  grant: Grant;
  calendar: Calendar;
  sections: Section[];
  rolls: Roll[];
  held?: HeldItem[];
  sealing: Sealing;
  slip_keys: SlipKey[];
}

/**
 * A roll that is open on the tablet or saved there and waiting.
 *
 * `grant` is the leave under which it is taken; `taken_at`, by the school's time as the tablet
 * knows it, goes with `waiting`.
 */
export interface TabletWord {
  roll_id: Uuid;
  grant: Uuid;
  state: TabletState;
  taken_at?: Instant | null;
}

/** All that a tablet has to tell; what it told before and names no more is over. */
export interface TabletWords {
  words: TabletWord[];
}

/** The words that are shown now: of rolls that the school lacks and that are the person's. */
export interface WordsHeard {
  server_time: Instant;
  roll_ids: Uuid[];
}

/** The file that a tablet exported, brought in by the office. Its ops are read one by one. */
export interface Handover {
  rollbook_export: 1;
  device_id: Uuid;
  exported_at: Instant;
  ops: Record<string, unknown>[];
}

/** Which school date, today at the school when left out; as it was known at an instant. */
export interface BoardQuery {
  on?: SchoolDate;
  as_of?: Instant;
}

/** A class period of the day and when its rolls are due. */
export interface Period {
  period: string;
  name: string;
  starts_at: Instant;
  ends_at: Instant;
  due_at: Instant;
  check_at: Instant;
}

/**
 * A row of the board. `seen_at`: when a tablet of theirs was last heard of on that day.
 *
 * `reach`: by which way they are reminded, and why so in a sentence; null for the past.
 */
export interface BoardTeacher {
  staff_id: Uuid;
  name: string;
  room: string | null;
  extension: string | null;
  seen_at: Instant | null;
  reach: Way | null;
  reach_why: string | null;
}

/** A section on the board; `count` is how many students are enrolled on the day. */
export interface BoardSection {
  section_id: Uuid;
  title: string;
  room: string | null;
  teacher_ids: Uuid[];
  count: number;
}

/** How often teachers were reminded of a roll, and when last. */
export interface Reminded {
  count: number;
  last_at: Instant | null;
}

/**
 * What a tablet says of a roll that the school lacks; `at` is when it last said so.
 *
 * `taken_at`: since when the roll is saved there, with `waiting`.
 */
export interface OnTablet {
  state: TabletState;
  at: Instant;
  taken_at: Instant | null;
}

/** Who called about a roll, and when. */
export interface Called {
  by_name: string;
  at: Instant;
}

/** A roll on the board, with what is known beside it. */
export interface BoardRoll {
  type: "roll";
  roll_id: Uuid;
  seq: number;
  section_id: Uuid;
  on: SchoolDate;
  period: string;
  period_name: string;
  starts_at: Instant;
  ends_at: Instant;
  opens_at: Instant;
  due_at: Instant;
  late_at: Instant;
  closes_at: Instant;
  locks_at: Instant | null;
  expected: boolean;
  void_reason: string | null;
  void_note: string | null;
  state: RollState;
  timeliness: Timeliness | null;
  next_day: boolean;
  taken_at: Instant | null;
  received_at: Instant | null;
  submitted_by: Uuid | null;
  revision: number;
  countersign: boolean;
  contested: number;
  safety: number;
  by_name: string | null;
  unmarked_count: number;
  counts: Counts;
  reminded: Reminded;
  tablet: OnTablet | null;
  called: Called | null;
}

/**
 * Who has submitted on a day, by period and teacher.
 *
 * `as_of`: the past instant that it shows, null for the present. `roster_as_of`: since when the
 * newest roster shown is known; null where a section's is today's, because no older one is kept.
 * `aside` counts how often something changed that stands beside the rolls.
 */
export interface Board {
  epoch: string;
  server_time: Instant;
  aside: number;
  as_of: Instant | null;
  roster_as_of: Instant | null;
  cursor: string;
  on: SchoolDate;
  day: Day;
  school: SchoolFacts;
  periods: Period[];
  teachers: BoardTeacher[];
  sections: BoardSection[];
  rolls: BoardRoll[];
}

/** Which school date; today at the school when left out. */
export interface AsideQuery {
  on?: SchoolDate;
}

/** What is known beside one roll. */
export interface AsideRoll {
  roll_id: Uuid;
  reminded: Reminded;
  tablet: OnTablet | null;
  called: Called | null;
}

/** When a tablet of somebody was last heard of. */
export interface AsideSeen {
  staff_id: Uuid;
  at: Instant;
}

/**
 * What stands beside the rolls of a day; of rolls that it leaves out there is nothing to say.
 *
 * It changes without the rolls; `aside` in the feed's answer says when to ask for it again.
 */
export interface Aside {
  epoch: string;
  server_time: Instant;
  on: SchoolDate;
  aside: number;
  rolls: AsideRoll[];
  seen: AsideSeen[];
}

/** Rolls that somebody of the office called about; `undo`: nobody did after all. */
export interface NewCalls {
  roll_ids: Uuid[];
  undo?: boolean;
}

/** Who called about a roll, if anybody. */
export interface RollCalled {
  roll_id: Uuid;
  called: Called | null;
}

/** What stands of the rolls that were named. */
export interface Calls {
  calls: RollCalled[];
}

/** As it was known at an instant; as it is known now when left out. */
export interface HistoryQuery {
  as_of?: Instant;
}

/** The section that the roll is of. */
export interface HistorySection {
  section_id: Uuid;
  title: string;
  course: string | null;
  room: string | null;
}

/** A student who occurs in the roll. */
export interface HistoryStudent {
  student_id: Uuid;
  given_name: string;
  family_name: string;
}

/**
 * What one entry said of one student. `incident` names what days belong together under the
 * reason's cap, `noticed_on` the date on which the school was told.
 */
export interface HistoryMark {
  student_id: Uuid;
  presence?: Presence | null;
  arrived_at?: Instant | null;
  left_at?: Instant | null;
  note?: string | null;
  reason?: string | null;
  excused?: boolean | null;
  evidence?: string | null;
  incident?: string | null;
  noticed_on?: SchoolDate | null;
  why?: string | null;
}

/**
 * One op: who, on what device, when taken and when received, and what became of it.
 *
 * `heard_at`: since when it counts on the record, null where it never did. `marks` of an op that
 * was held are what it said. `why`: what somebody gave as the reason to reopen the roll.
 */
export interface HistoryEntry {
  op_id: Uuid;
  seq: number;
  kind: string;
  author: By | null;
  device_label: string | null;
  taken_at: Instant;
  received_at: Instant;
  outcome: Outcome;
  reason: string | null;
  timeliness: Timeliness | null;
  clock_note: string | null;
  source: Source | null;
  resolution: Resolution | null;
  heard_at: Instant | null;
  why: string | null;
  marks: HistoryMark[];
}

/**
 * A roll and its entries in the order they were received.
 *
 * `as_of` and `roster_as_of` as on the board.
 */
export interface History {
  epoch: string;
  server_time: Instant;
  as_of: Instant | null;
  roster_as_of: Instant | null;
  roll: Roll;
  section: HistorySection;
  students: HistoryStudent[];
  entries: HistoryEntry[];
}

/** Which school dates, both inclusive, all of them when left out; and how many marks. */
export interface ContestedQuery {
  from?: SchoolDate;
  to?: SchoolDate;
  limit?: number;
}

/** A roll counted, without names; `unmarked_count` is 0 while it is not taken. */
export interface CountedRoll {
  type: "roll";
  roll_id: Uuid;
  seq: number;
  section_id: Uuid;
  on: SchoolDate;
  period: string;
  period_name: string;
  starts_at: Instant;
  ends_at: Instant;
  opens_at: Instant;
  due_at: Instant;
  late_at: Instant;
  closes_at: Instant;
  locks_at: Instant | null;
  expected: boolean;
  void_reason: string | null;
  void_note: string | null;
  state: RollState;
  timeliness: Timeliness | null;
  next_day: boolean;
  taken_at: Instant | null;
  received_at: Instant | null;
  submitted_by: Uuid | null;
  revision: number;
  countersign: boolean;
  contested: number;
  safety: number;
  by_name: string | null;
  unmarked_count: number;
  counts: Counts;
}

/** The section that the roll is of. */
export interface ContestedSection {
  section_id: Uuid;
  title: string;
  room: string | null;
}

/** Who to call, and where. */
export interface TeacherPlace {
  staff_id: Uuid;
  name: string;
  room: string | null;
  extension: string | null;
}

/**
 * One contested mark: `mark` names places in this item's `people` and `ops`.
 *
 * `since` is the receipt of the op that made it contested.
 */
export interface ContestedItem {
  roll: CountedRoll;
  section: ContestedSection;
  teachers: TeacherPlace[];
  student: HistoryStudent;
  mark: Mark;
  people: By[];
  ops: Uuid[];
  since: Instant;
}

/** Safety first, then the oldest; `more`: the limit left some out. */
export interface Contested {
  epoch: string;
  server_time: Instant;
  cursor: string;
  more: boolean;
  items: ContestedItem[];
}

/** Which meetings: of a date (today when left out), of one section, of one period. */
export interface SheetsQuery {
  on?: SchoolDate;
  section_id?: Uuid;
  period?: string;
}

/** One meeting's sheet; `known` are students whose absence is known ahead. */
export interface Sheet {
  roll_id: Uuid;
  section_title: string;
  room: string | null;
  period: string;
  period_name: string;
  starts_at: Instant;
  due_at: Instant;
  teacher_names: string[];
  students: HistoryStudent[];
  known: Uuid[];
  state: RollState;
}

/** The sheets of a date in the order of the bells. */
export interface Sheets {
  on: SchoolDate;
  school: SchoolFacts;
  sheets: Sheet[];
}

/** Those that wait, or with `resolved=1` the last two hundred that waited. */
export interface HeldQuery {
  resolved?: number;
}

/** What waits for a person, oldest first; what was resolved, newest first. */
export interface Held {
  epoch: string;
  server_time: Instant;
  held: HeldItem[];
}

/**
 * One held op with what it says, the roll as it stands, and what may be done.
 *
 * `why_not` says in words why it cannot be taken over, where it cannot.
 */
export interface HeldDetail {
  item: HeldItem;
  students: HistoryStudent[];
  marks: HistoryMark[];
  roll: Roll | null;
  choices: Choice[];
  why_not: string | null;
}

/**
 * What to do about a held op, and why.
 *
 * To take it over `op_id` is needed, a UUIDv7 made by the client: of the op that is made of it.
 * `students`: only these are taken over; all when left out.
 */
export interface Resolve {
  how: Choice;
  why: string;
  op_id?: Uuid;
  students?: Uuid[];
}

/**
 * What is done to a roll, at the revision that the person had before them.
 *
 * `why` is needed to reopen.
 */
export interface Certification {
  how: Act;
  revision: number;
  why?: string;
}

/** Why nobody took a roll; null takes back what was said. */
export interface NewExplanation {
  why: string | null;
}

/** Why nobody took a roll, by whom and when it was said. */
export interface Explanation {
  why: string;
  by: By;
  at: Instant;
}

/** A roll that nobody took before the school closed; it is *not taken*, whatever is said. */
export interface UnresolvedRoll {
  roll_id: Uuid;
  on: SchoolDate;
  period: string;
  period_name: string;
  section_title: string;
  room: string | null;
  due_at: Instant;
  teacher_names: string[];
  reminded: Reminded;
  called: Called | null;
  explained: Explanation | null;
}

/** Which school date; today at the school when left out. */
export interface PassesQuery {
  on?: SchoolDate;
}

/**
 * Leave for one person to take some rolls of one date, until `until_at`.
 *
 * `redeemed_at` and `device_label`: when the present code was first used, and on which tablet.
 */
export interface DayPass {
  pass_id: Uuid;
  on: SchoolDate;
  name: string;
  staff_id: Uuid;
  until_at: Instant;
  roll_ids: Uuid[];
  issued_by: By;
  issued_at: Instant;
  redeemed_at: Instant | null;
  device_label: string | null;
  revoked_at: Instant | null;
  revoked_by: By | null;
  state: PassState;
}

/** Somebody who works at the school already and may be given a pass. */
export interface PassStaff {
  staff_id: Uuid;
  name: string;
  role: Role;
}

/** A roll of the date that a pass may list. */
export interface PassRoll {
  roll_id: Uuid;
  section_title: string;
  period_name: string;
  teacher_names: string[];
  starts_at: Instant;
  ends_at: Instant;
}

/** The passes of a date, and what it takes to issue another. */
export interface Passes {
  on: SchoolDate;
  passes: DayPass[];
  staff: PassStaff[];
  rolls: PassRoll[];
}

/**
 * A pass for somebody of the staff (`staff_id`) or for a person named here.
 *
 * `until_at` left out: fifteen minutes after the last of the rolls ends.
 */
export interface NewPass {
  on: SchoolDate;
  roll_ids: Uuid[];
  staff_id?: Uuid;
  given_name?: string;
  family_name?: string;
  until_at?: Instant;
}

/** A pass with its code, told this once. `url` opens the app with the code in its fragment. */
export interface IssuedPass {
  pass: DayPass;
  code: string;
  url: string;
}

/** Who withdrew leave, nobody where it was done at the server's console, and why. */
export interface Withdrawn {
  by: By | null;
  why: string;
}

/**
 * Somebody who has leave to record on a device, or had; `withdrawn` where it was that person's
 * leave everywhere.
 */
export interface DevicePerson {
  staff_id: Uuid;
  name: string;
  role: Role;
  until_at: Instant;
  revoked_at: Instant | null;
  withdrawn: Withdrawn | null;
}

/** A browser that signed in at this school. `last_op_at`: when it last delivered a roll. */
export interface Device {
  device_id: Uuid;
  label: string | null;
  app: string | null;
  first_seen_at: Instant;
  last_seen_at: Instant;
  revoked_at: Instant | null;
  withdrawn: Withdrawn | null;
  people: DevicePerson[];
  last_op_at: Instant | null;
}

/** The devices of a school, the last seen first. */
export interface Devices {
  devices: Device[];
}

/** Why a device's or a person's leave is withdrawn; kept with who did it and when. */
export interface Revocation {
  why: string;
}

/** Why a revoked device is let in again; kept with who did it and when. */
export interface Allowance {
  why: string;
}

/** Since when a person's leave is withdrawn. */
export interface PersonRevoked {
  staff_id: Uuid;
  revoked_at: Instant;
}

/**
 * Which school dates, both inclusive; the present month at the school when left out.
 *
 * `policies`: 1 lists also the deadlines that are in force no more.
 */
export interface TimetableQuery {
  from?: SchoolDate;
  to?: SchoolDate;
  policies?: number;
}

/**
 * What a date is for a band of grades.
 *
 * `closed_from_time`: school ends then, in an emergency; what begins at or after it expects no
 * roll. `schedule` names the bells in force; null on a day without school.
 */
export interface CalendarBand {
  grades: string;
  kind: DayKind;
  schedule: string | null;
  day_label: string | null;
  note: string | null;
  closed_from_time: string | null;
}

/**
 * A date and its rolls. `bands` is empty where the calendar does not list it.
 *
 * `expected` rolls, `taken` of them, `late` ones that are missing past their deadline; `voided`
 * meetings that expect none.
 */
export interface CalendarDate {
  on: SchoolDate;
  bands: CalendarBand[];
  expected: number;
  taken: number;
  late: number;
  voided: number;
}

/** A class period of a bell schedule. */
export interface BellSlot {
  period: string;
  name: string;
  starts_time: string;
  ends_time: string;
}

/** The bells of a kind of day. `dates`: on how many dates from today on it is in force. */
export interface BellSchedule {
  schedule: string;
  periods: BellSlot[];
  dates: number;
}

/** What holds where the school has set nothing. */
export interface UsualPolicy {
  open_before_min: number;
  due_after_min: number;
  check_after_min: number;
  grace_min: number;
  close_time: string;
  lock_after_days: number | null;
}

/**
 * When rolls open, are due, looked for, close and lock; minutes from the bell.
 *
 * For the rolls of a band of grades and a class period ("*" is all), of dates from `from_on` to
 * before `until_on`. Of several the narrowest counts: band and period, the band, the period; then
 * the newest `from_on`. `grace_min`: so long after it is due a roll still counts as in time.
 * `lock_after_days`: it locks at `close_time` that many days later; null is never.
 */
export interface DeadlinePolicy {
  policy_id: Uuid;
  grades: string;
  period: string;
  from_on: SchoolDate;
  until_on: SchoolDate | null;
  open_before_min: number;
  due_after_min: number;
  check_after_min: number;
  grace_min: number;
  close_time: string;
  lock_after_days: number | null;
  set_by: By | null;
  set_at: Instant;
}

/**
 * Meetings of a date that expect no roll, and why: of a section, of a period, or of a section
 * in a period. `why` is shown to teachers: an assembly, never anything about a student.
 */
export interface Exemption {
  exemption_id: Uuid;
  on: SchoolDate;
  section_id: Uuid | null;
  period: string | null;
  why: string;
  set_by: By | null;
  set_at: Instant;
}

/** Dates on which somebody is away and is not reminded; both inclusive. */
export interface StaffLeave {
  leave_id: Uuid;
  staff_id: Uuid;
  from_on: SchoolDate;
  to_on: SchoolDate;
  set_by: By | null;
  set_at: Instant;
}

/** A section to choose, and the class periods in which it meets. */
export interface TimetableSection {
  section_id: Uuid;
  title: string;
  grades: string;
  periods: string[];
}

/** Somebody of the staff to choose. */
export interface TimetableStaff {
  staff_id: Uuid;
  name: string;
  role: Role;
}

/**
 * The timetable between two dates, and what it takes to change it.
 *
 * `revision` is named by whoever changes it. `first_on` and `last_on` are the calendar's; null
 * without one. `may_set_policies`: whether the reader may change deadlines. `periods` are all
 * class periods of all bell schedules, `grades` all grades of sections.
 */
export interface Timetable {
  revision: number;
  today: SchoolDate;
  zone: string;
  from: SchoolDate;
  to: SchoolDate;
  first_on: SchoolDate | null;
  last_on: SchoolDate | null;
  days: CalendarDate[];
  schedules: BellSchedule[];
  usual: UsualPolicy;
  policies: DeadlinePolicy[];
  may_set_policies: boolean;
  exemptions: Exemption[];
  leaves: StaffLeave[];
  grades: string[];
  periods: string[];
  sections: TimetableSection[];
  staff: TimetableStaff[];
}

/** Which school date; today at the school when left out. */
export interface TimetableDayQuery {
  on?: SchoolDate;
}

/**
 * A meeting of a date, what its roll is due when, and why no roll is expected of it.
 *
 * `policy_id` is the rule that gave its times, null where it is the usual one. A roll that was
 * taken keeps the times that it had then. `late_at`: until then it counts as in time.
 */
export interface DayMeeting {
  roll_id: Uuid;
  section_id: Uuid;
  section_title: string;
  grades: string;
  teacher_names: string[];
  period: string;
  period_name: string;
  starts_at: Instant;
  ends_at: Instant;
  opens_at: Instant;
  due_at: Instant;
  late_at: Instant;
  check_at: Instant;
  closes_at: Instant;
  locks_at: Instant | null;
  remind_at: Instant | null;
  expected: boolean;
  void_reason: string | null;
  void_note: string | null;
  state: RollState;
  policy_id: Uuid | null;
}

/** One date: what it is, and every meeting of it in the order of the bells. */
export interface TimetableDay {
  revision: number;
  on: SchoolDate;
  bands: CalendarBand[];
  exemptions: Exemption[];
  policies: DeadlinePolicy[];
  usual: UsualPolicy;
  meetings: DayMeeting[];
}

/** What a date is for a band of grades; replaces what it was. */
export interface ChangeDay {
  type: "day";
  on: SchoolDate;
  grades: string;
  kind: DayKind;
  schedule: string | null;
  day_label?: string | null;
  note?: string | null;
  closed_from_time?: string | null;
}

/** Takes a date, or one band's line of it, out of the calendar: it has no meetings then. */
export interface RemoveDay {
  type: "remove_day";
  on: SchoolDate;
  grades: string;
}

/** A class period of a bell schedule; it ends on the day on which it begins. */
export interface NewSlot {
  period: string;
  name: string;
  starts_time: string;
  ends_time: string;
}

/** The bells of a bell schedule, all of them, new or anew; without any it is taken away. */
export interface ChangeSchedule {
  type: "schedule";
  schedule: string;
  periods: NewSlot[];
}

/**
 * Deadlines from a school date on, today or later; for an administrator to set.
 *
 * One for the same band, period and date takes the place of the former.
 */
export interface ChangePolicy {
  type: "policy";
  grades: string;
  period: string;
  from_on: SchoolDate;
  open_before_min: number;
  due_after_min: number;
  check_after_min: number;
  grace_min: number;
  close_time: string;
  lock_after_days: number | null;
}

/**
 * Deadlines hold no more from a school date on, today or later; null: they hold on after all.
 *
 * From its own `from_on` (or before): they never held. For an administrator.
 */
export interface EndPolicy {
  type: "end_policy";
  policy_id: Uuid;
  from_on: SchoolDate | null;
}

/** No roll is expected of a section, of a period, or of a section in a period, on a date. */
export interface AddExemption {
  type: "exemption";
  on: SchoolDate;
  section_id: Uuid | null;
  period: string | null;
  why: string;
}

/** Takes an exemption back. */
export interface EndExemption {
  type: "end_exemption";
  exemption_id: Uuid;
}

/** Somebody is away from–to and is not reminded. */
export interface AddLeave {
  type: "leave";
  staff_id: Uuid;
  from_on: SchoolDate;
  to_on: SchoolDate;
}

/** Takes a leave back. */
export interface EndLeave {
  type: "end_leave";
  leave_id: Uuid;
}

/**
 * What to change, at the revision that the person had before them: all of it or nothing.
 *
 * Problem `invalid` names the change by its place and the field:
 * `errors.changes["0"].schedule`.
 */
export interface TimetableChanges {
  revision: number;
  preview: boolean;
  changes: TimetableChange[];
}

/**
 * Rolls of a period whose times move; `what` names the facts that change (`starts_at`,
 * `ends_at`, `opens_at`, `due_at`, `late_at`, `check_at`, `closes_at`, `locks_at`,
 * `period_name`).
 */
export interface Move {
  on: SchoolDate;
  period: string;
  period_name: string;
  rolls: number;
  due_before: Instant;
  due_after: Instant;
  late_before: Instant;
  late_after: Instant;
  locks_before: Instant | null;
  locks_after: Instant | null;
  what: string[];
}

/** Rolls of a period of which something becomes; the reason where none is expected. */
export interface Effect {
  on: SchoolDate;
  period: string;
  period_name: string;
  rolls: number;
  due_at: Instant;
  void_reason: string | null;
  void_note: string | null;
}

/** How many rolls in all, on how many dates, from–to; also where the lists were cut short. */
export interface EffectTotals {
  moved: number;
  voided: number;
  expected_again: number;
  added: number;
  kept_taken: number;
  dates: number;
  first_on: SchoolDate | null;
  last_on: SchoolDate | null;
}

/**
 * What a change does, or with `preview` would do; the same in both.
 *
 * `moves`: rolls that stay expected and whose times change; `voided`: expected no more;
 * `expected_again`; `added`: rolls that were not there, of a new date or period; `kept_taken`:
 * taken already, so they stay as they are and count. Each list ends after 400 lines, `cut` says
 * so, `totals` count all. `revision`: to name next. `undo`: the changes that take it back; empty
 * in a preview.
 */
export interface TimetableChanged {
  revision: number;
  preview: boolean;
  moves: Move[];
  voided: Effect[];
  expected_again: Effect[];
  added: Effect[];
  kept_taken: Effect[];
  cut: boolean;
  totals: EffectTotals;
  undo: TimetableChange[];
}

/** A file by its name, and what is in it. */
export interface TimetableFile {
  name: string;
  text: string;
}

/**
 * Files as docs/schedule-csv.md describes them. `preview` keeps nothing and answers the same;
 * `skip_bad_rows` imports the rest where lines are at fault.
 */
export interface TimetableFiles {
  preview: boolean;
  skip_bad_rows?: boolean;
  dates?: DateOrder | null;
  files: TimetableFile[];
}

/** A problem: where, what was found there, what is wrong with it and what to do. */
export interface FileFinding {
  severity: FindingSeverity;
  file: string;
  line: number | null;
  column: string | null;
  found: string;
  problem: string;
  cure: string;
}

/** How many lines of a kind are new, changed and gone. */
export interface FileChange {
  kind: string;
  new: number;
  changed: number;
  withdrawn: number;
}

/**
 * What became of files, or would. `findings`: errors first, the first 200 of a kind; `errors`
 * counts all. `effect`: what becomes of rolls, as a change at the desk tells it; null where
 * nothing changes.
 */
export interface TimetableFilesRead {
  ending: FilesEnding;
  errors: number;
  warnings: number;
  findings: FileFinding[];
  changes: FileChange[];
  effect: TimetableChanged | null;
}

/** One rung of the ladder: so many minutes after the deadline (negative: before it), to whom. */
export interface LadderStep {
  after_min: number;
  to: To;
}

/** Somebody who may be on the list of the office or of the administrators. */
export interface ReminderStaff {
  staff_id: Uuid;
  name: string;
  role: Role;
}

/**
 * How the school reminds.
 *
 * An empty list is everybody with that role. `staff` may be chosen. `set_at` null: nobody has
 * changed what comes with Rollbook. `mails`: whether this Rollbook can send mail at all.
 * `ticked_at`: when reminders were last looked after; null where no `rollbook jobs` ever ran.
 * `digest_time` null: no daily mail.
 */
export interface ReminderPolicy {
  steps: LadderStep[];
  quiet_from_time: string | null;
  quiet_to_time: string | null;
  office_staff: Uuid[];
  administrators: Uuid[];
  digest_time: string | null;
  set_by: By | null;
  set_at: Instant | null;
  staff: ReminderStaff[];
  mails: boolean;
  ticked_at: Instant | null;
}

/**
 * How the school shall remind from now on. `seen`: the `set_at` that its author had before
 * them. What lies behind is not made up for.
 */
export interface NewReminderPolicy {
  seen: Instant | null;
  steps: LadderStep[];
  quiet_from_time: string | null;
  quiet_to_time: string | null;
  office_staff: Uuid[];
  administrators: Uuid[];
  digest_time: string | null;
}

/**
 * How one person is reached, and why so, in a sentence. `reminded_at`: the last reminder that
 * was sent to them.
 */
export interface ReachedPerson {
  staff_id: Uuid;
  name: string;
  role: Role;
  room: string | null;
  extension: string | null;
  reach: Way;
  reach_why: string;
  reminded_at: Instant | null;
}

/** Everybody who works at the school, whoever cannot be reached first. */
export interface Reach {
  people: ReachedPerson[];
  mails: boolean;
  ticked_at: Instant | null;
}

/**
 * The newest push subscription of this person on this device; it lives while `ended_at` is
 * null. `key_id`: the key that it was made for; `language`: in which it is reminded.
 */
export interface Subscription {
  subscription_id: Uuid;
  key_id: Uuid;
  language: string;
  created_at: Instant;
  last_ok_at: Instant | null;
  ended_at: Instant | null;
  ended_why: SubscriptionEnd | null;
}

/**
 * What it takes to be reminded on this device, and whether this person is.
 *
 * `public`: the `applicationServerKey` to subscribe with, an uncompressed point of P-256. A
 * subscription with another `key_id` still works; subscribe anew at the next start.
 */
export interface PushState {
  key_id: Uuid;
  public: string;
  subscription: Subscription | null;
}

/**
 * A browser's PushSubscription, the key that it was made with, and the language that its person
 * reads there; that of the request where it says none.
 */
export interface Subscribe {
  endpoint: string;
  p256dh: string;
  auth: string;
  key_id: Uuid;
  language?: string;
}

/**
 * What became of a test, at once. `status` is what the push service answered, `detail` says it
 * in a sentence.
 */
export interface PushTest {
  end: PushTestEnd;
  status: number | null;
  detail: string;
  sent_at: Instant;
}

/** Which school date, today at the school when left out, and as it was known at an instant. */
export interface MissingQuery {
  on?: SchoolDate;
  at?: Instant;
}

/** Expected rolls counted, each once. What is `pending` is not due yet and part of no share. */
export interface Rate {
  on_time: number;
  delivered_later: number;
  late: number;
  unproven: number;
  not_taken: number;
  pending: number;
}

/** How somebody's rolls came on the school day before. */
export interface LastDay {
  on: SchoolDate;
  rate: Rate;
}

/** A roll that is expected and not taken. `with_names`: who else was to take it. */
export interface MissingRoll {
  roll_id: Uuid;
  period: string;
  period_name: string;
  section_title: string;
  room: string | null;
  due_at: Instant;
  check_at: Instant;
  with_names: string[];
  reminded: Reminded;
  tablet: OnTablet | null;
  called: Called | null;
}

/**
 * Whose rolls are missing, and where to call; without `staff_id` there is nobody, and `why`.
 *
 * Each roll stands under one person: the first of those who were to take it.
 */
export interface MissingPerson {
  staff_id: Uuid | null;
  name: string;
  room: string | null;
  extension: string | null;
  why: NobodyWhy | null;
  seen_at: Instant | null;
  reach: Way | null;
  reach_why: string | null;
  last_day: LastDay | null;
  rolls: MissingRoll[];
}

/**
 * The rolls of a day that were looked for by an instant and were not there.
 *
 * `at` is that instant, `past` whether it is not the present. Of `expected` rolls `received` had
 * come by then, `waiting` were not looked for yet, the others are in the list.
 */
export interface NotSubmitted {
  server_time: Instant;
  school: SchoolFacts;
  on: SchoolDate;
  at: Instant;
  past: boolean;
  day: Day;
  periods: Period[];
  expected: number;
  received: number;
  waiting: number;
  people: MissingPerson[];
}

/**
 * From which school date to which, both inclusive; the term so far when left out.
 *
 * `resolved=1`: also those of which somebody said why.
 */
export interface UnresolvedQuery {
  from?: SchoolDate;
  to?: SchoolDate;
  resolved?: number;
}

/**
 * Rolls never taken, the newest day first, until each is taken, copied from paper or explained.
 *
 * `count` is of those that wait, whether the others are listed or not. `more`: there are more
 * than are listed.
 */
export interface Unresolved {
  server_time: Instant;
  school: SchoolFacts;
  from: SchoolDate;
  to: SchoolDate;
  count: number;
  more: boolean;
  rolls: UnresolvedRoll[];
}

/** From which school date to which, both inclusive; the term so far when left out. */
export interface RatesQuery {
  from?: SchoolDate;
  to?: SchoolDate;
}

/** A school date. `partial`: a roll of it may still come before it closes. */
export interface DayRate {
  on: SchoolDate;
  partial: boolean;
  rate: Rate;
}

/** A class period over all the dates. */
export interface PeriodRate {
  period: string;
  name: string;
  rate: Rate;
}

/** A part of the year that may be looked at. */
export interface Span {
  title: string;
  from: SchoolDate;
  to: SchoolDate;
}

/**
 * A school's rolls between two dates. `partial`: the last of its days is not over.
 *
 * `terms` are the parts of the year to choose from.
 */
export interface Rates {
  server_time: Instant;
  school: SchoolFacts;
  from: SchoolDate;
  to: SchoolDate;
  partial: boolean;
  total: Rate;
  days: DayRate[];
  periods: PeriodRate[];
  terms: Span[];
}

/** A week, by its Monday. */
export interface WeekRate {
  week_on: SchoolDate;
  rate: Rate;
}

/** The rolls that somebody was to take, all together and week by week. */
export interface TeacherRate {
  staff_id: Uuid;
  name: string;
  total: Rate;
  weeks: WeekRate[];
}

/** Everybody's rolls between two dates, by name. For administrators alone. */
export interface TeacherRates {
  server_time: Instant;
  school: SchoolFacts;
  from: SchoolDate;
  to: SchoolDate;
  partial: boolean;
  teachers: TeacherRate[];
  terms: Span[];
}

/** A roll of one's own that was late or is missing. */
export interface OwnRoll {
  roll_id: Uuid;
  on: SchoolDate;
  period_name: string;
  section_title: string;
  due_at: Instant;
  met: RollMet;
  taken_at: Instant | null;
  received_at: Instant | null;
}

/**
 * One's own rolls of the term so far: nobody sees them but oneself and the administrators.
 *
 * `median_s`: half of them were taken within so many seconds of the bell; null where none was.
 */
export interface OwnRates {
  server_time: Instant;
  from: SchoolDate;
  to: SchoolDate;
  partial: boolean;
  total: Rate;
  weeks: WeekRate[];
  odd: OwnRoll[];
  median_s: number | null;
}

/**
 * Days by what they came to (T7).
 *
 * `attended` is the sum of the first three, `absent` that of the five after, `expected` of both.
 * `undetermined` days have no roll at all and are in no other figure.
 */
export interface DayTotals {
  in_person: number;
  in_school_suspension: number;
  study: number;
  study_incomplete: number;
  excused: number;
  unexcused: number;
  pending: number;
  suspension: number;
  undetermined: number;
  attended: number;
  absent: number;
  expected: number;
}

/** An exact share, in lowest terms: nothing is rounded before it is compared. */
export interface Ratio {
  top: number;
  bottom: number;
}

/**
 * Mornings and afternoons by what they came to, where a school counts in them (T10): `possible`
 * is the sum of `attended` and `absent`, `absent` that of the other three.
 */
export interface SessionTotals {
  attended: number;
  authorised: number;
  unauthorised: number;
  pending: number;
  absent: number;
  possible: number;
}

/** Absence against the pack's measure; `tier` null: too few days to be measured by (T9). */
export interface ChronicAbsence {
  absent: number;
  expected: number;
  share: Ratio | null;
  tier: string | null;
  chronic: boolean;
}

/** One student's days between two dates; minutes are those of the bell. */
export interface StudentAttendance {
  student_id: Uuid;
  given_name: string;
  family_name: string;
  local_id: string | null;
  grade: string | null;
  days: DayTotals;
  part_days: number;
  present_min: number;
  missed_min: number;
  rate: Ratio | null;
  sessions: SessionTotals | null;
  chronic: ChronicAbsence;
}

/**
 * A month, by its first day. `ada`: days attended over days taught (T8). `rate` is of sessions
 * where the school counts in them (T10.2), here and wherever else it stands.
 */
export interface MonthAttendance {
  month_on: SchoolDate;
  days_taught: number;
  days: DayTotals;
  sessions: SessionTotals | null;
  ada: Ratio | null;
  rate: Ratio | null;
}

/** All students' days of one date. */
export interface DateAttendance {
  on: SchoolDate;
  days: DayTotals;
  sessions: SessionTotals | null;
}

/**
 * The marks of one period on one weekday, Monday 0: those that are known, and of these the
 * absent ones. Where a school counts in sessions, the possible ones of a weekday's AM or PM.
 */
export interface SlotAttendance {
  weekday: number;
  period: string;
  known: number;
  absent: number;
}

/** A school's days between two dates. `pack` is the rule pack that they are counted by. */
export interface Attendance {
  server_time: Instant;
  school: SchoolFacts;
  from: SchoolDate;
  to: SchoolDate;
  terms: Span[];
  pack: string;
  days_taught: number;
  days: DayTotals;
  ada: Ratio | null;
  rate: Ratio | null;
  sessions: SessionTotals | null;
  students: StudentAttendance[];
  months: MonthAttendance[];
  dates: DateAttendance[];
  slots: SlotAttendance[];
}

/**
 * One student's date. `not_taken` are the periods whose rolls say nothing of the student,
 * `untimed` those of which nobody knows how late or how early. `sessions`, where a school counts
 * in them, are the codes of the morning and the afternoon, null where no roll says anything;
 * `halves` what each counts as, null where as nothing.
 */
export interface StudentDate {
  on: SchoolDate;
  outcome: DayOutcome;
  counts_as: Bucket;
  present_min: number;
  missed_min: number;
  not_taken: string[];
  contested: string[];
  untimed: string[];
  sessions: (string | null)[];
  halves: (SessionCount | null)[];
}

/** One student's dates on which anybody expected the student. */
export interface StudentDays {
  server_time: Instant;
  school: SchoolFacts;
  from: SchoolDate;
  to: SchoolDate;
  terms: Span[];
  student: StudentAttendance;
  dates: StudentDate[];
}

/** The same, and in which language it is printed: a link has no header to say so. */
export interface PaperQuery {
  from?: SchoolDate;
  to?: SchoolDate;
  language?: string;
}

/**
 * `edfi_school_id` is the number that the district gave the school there; dates are inclusive,
 * one date where one is named. `positive`: "1" tells presence too.
 */
export interface EdfiQuery {
  edfi_school_id: number;
  from?: SchoolDate;
  to?: SchoolDate;
  positive?: string;
}

/** A week by any of its dates; the last one that is over when left out. */
export interface WeekQuery {
  week?: SchoolDate;
}

/** Who accepted a roll that was received on a later school date, and why. */
export interface NextDay {
  by: By;
  at: Instant;
  why: string;
}

/** Students of one roll by how they are marked; all zero where nobody took it. */
export interface RollCounts {
  present: number;
  late: number;
  left_early: number;
  absent: number;
  elsewhere: number;
  unmarked: number;
}

/** One roll as it would be signed. `next_day`: received on a later school date than its own. */
export interface WeekRoll {
  roll_id: Uuid;
  on: SchoolDate;
  period: string;
  period_name: string;
  section_title: string;
  taken: boolean;
  taken_at: Instant | null;
  received_at: Instant | null;
  next_day: boolean;
  accepted: NextDay | null;
  counts: RollCounts;
}

/**
 * One fact of one mark that stands otherwise than it was signed (C10).
 *
 * `old` and `new` are null where nothing stood, and where the reader may not know.
 */
export interface WeekChange {
  roll_id: Uuid;
  student_name: string;
  by: By;
  at: Instant;
  fact: string;
  old: string | null;
  new: string | null;
  why: string | null;
}

/** A signature over the week, and what changed beside it afterwards. */
export interface SignedWeek {
  statement_id: Uuid;
  signed_at: Instant;
  digest: string;
  words: string;
  changes: WeekChange[];
}

/**
 * A person's rolls of one week. `over`: it can be signed; `digest` is that of what it shows.
 * `words` are signed and kept, `meaning` says the same in the language that is asked for.
 */
export interface Week {
  server_time: Instant;
  school: SchoolFacts;
  person: By;
  week_on: SchoolDate;
  to: SchoolDate;
  over: boolean;
  words: string;
  meaning: string;
  digest: string;
  rolls: WeekRoll[];
  signed: SignedWeek | null;
}

/** A signature over what was read: its digest. */
export interface Sign {
  week_on: SchoolDate;
  digest: string;
}

/** How one person's week stands. `changes`: facts that changed beside the signature. */
export interface PersonWeek {
  staff_id: Uuid;
  name: string;
  rolls: number;
  not_taken: number;
  next_day: number;
  signed_at: Instant | null;
  changes: number;
}

/** A date of the month; `closed` null: it is open. */
export interface ClosedDay {
  on: SchoolDate;
  rolls: number;
  not_taken: number;
  closed: boolean;
  by: By | null;
  at: Instant | null;
  why: string | null;
}

/** Who has signed a week, and the days of its month that are closed. */
export interface Weeks {
  server_time: Instant;
  school: SchoolFacts;
  week_on: SchoolDate;
  to: SchoolDate;
  over: boolean;
  people: PersonWeek[];
  month_on: SchoolDate;
  month_closed: boolean;
  days: ClosedDay[];
}

/** Close a day or a month, by its first date, or open it again; `why` is needed to reopen. */
export interface Close {
  span: ClosedSpan;
  act: CloseAct;
  first_on: SchoolDate;
  why?: string;
}

/** A month by any of its dates; the present one when left out. */
export interface MonthQuery {
  month?: SchoolDate;
}

/** What a month came to when it was closed, and by whom that was. */
export interface ClosedMonth {
  by: By;
  at: Instant;
  days_taught: number;
  days: DayTotals;
}

/**
 * What changed of a month after it was closed (C11.1). `closed` is the closing that the changes
 * follow, null where it was never closed; `again` the one that ended them, null while it is open
 * or where it was closed once alone.
 */
export interface SinceClosed {
  server_time: Instant;
  school: SchoolFacts;
  month_on: SchoolDate;
  closed: ClosedMonth | null;
  again: ClosedMonth | null;
  changes: WeekChange[];
}

/** Why a roll that was received on a later school date is accepted. */
export interface Accept {
  why: string;
}

/**
 * A day where nothing is named (`from` alone), else somebody's rolls or a student's marks
 * between two dates, both inclusive.
 */
export interface AuditQuery {
  from?: SchoolDate;
  to?: SchoolDate;
  staff_id?: Uuid;
  student_id?: Uuid;
}

/** Somebody to look up. */
export interface AuditStaff {
  staff_id: Uuid;
  name: string;
}

/** Who did it. `employee_id` is the id under which the school's roster knows them. */
export interface AuditPerson {
  staff_id: Uuid;
  name: string;
  employee_id: string;
  role: string;
}

/**
 * One thing that happened to a roll, in the order of the log.
 *
 * `entered_on` is the calendar day on which it was received. Of a first entry `summary` counts the
 * marks; a change names a student and a fact. `old` and `new` are null where nothing stood, and
 * `hidden` says that they are not for the reader's eyes.
 */
export interface AuditLine {
  kind: AuditKind;
  seq: number;
  by: AuditPerson | null;
  device_label: string | null;
  taken_at: Instant;
  received_at: Instant;
  entered_on: SchoolDate;
  later_day: boolean;
  summary: Record<string, unknown>;
  student_name: string | null;
  fact: string | null;
  old: string | null;
  new: string | null;
  hidden: boolean;
  why: string | null;
}

/** One expected roll with all that happened to it; nothing where nobody took it. */
export interface AuditRoll {
  roll_id: Uuid;
  on: SchoolDate;
  period: string;
  period_name: string;
  section_title: string;
  teacher_names: string[];
  taken: boolean;
  state: string;
  lines: AuditLine[];
}

/** The report of entry and modification. */
export interface AuditReport {
  server_time: Instant;
  school: SchoolFacts;
  from: SchoolDate;
  to: SchoolDate;
  about: string | null;
  staff: AuditStaff[];
  rolls: AuditRoll[];
}

/** The same, and in which language it is printed: a link has no header to say so. */
export interface AuditPaperQuery {
  from?: SchoolDate;
  to?: SchoolDate;
  staff_id?: Uuid;
  student_id?: Uuid;
  language?: string;
}

/** Between two dates, both inclusive. */
export interface SpanQuery {
  from?: SchoolDate;
  to?: SchoolDate;
}

/** Something that is not as the log says; without names. */
export interface Difference {
  roll_id: Uuid | null;
  what: string;
}

/** The rolls of a span refolded from the log and compared with what is kept. */
export interface Integrity {
  server_time: Instant;
  from: SchoolDate;
  to: SchoolDate;
  rolls: number;
  ops: number;
  statements: number;
  months: number;
  differences: Difference[];
}

/**
 * A device whose entries arrived later than they were taken: from the first that waited until
 * the last of them arrived.
 */
export interface Outage {
  device_label: string | null;
  names: string[];
  from_at: Instant;
  to_at: Instant;
  entries: number;
  longest_min: number;
}

/**
 * A start of the server. `known_until` is the last moment before at which one was known to be
 * alive, null at the first start of all; `outage`: there was a time without one in between.
 */
export interface ServerStart {
  at: Instant;
  known_until: Instant | null;
  outage: boolean;
}

/** When the server's own clock was found to be wrong. */
export interface ClockWord {
  at: Instant;
  what: string;
}

/**
 * Times in which tablets could not reach the school, as far as what they sent later tells, and
 * times in which no server is known to have run.
 */
export interface Outages {
  server_time: Instant;
  school: SchoolFacts;
  from: SchoolDate;
  to: SchoolDate;
  outages: Outage[];
  starts: ServerStart[];
  clocks: ClockWord[];
}

/** On which school date; today at the school when left out. */
export interface CodesQuery {
  on?: SchoolDate;
}

/** At most so many school days, over what. */
export interface CapOf {
  days: number;
  per: Per;
  discretion?: boolean;
  statutory?: boolean;
}

/** From which grade to which; kindergarten is 0. */
export interface GradesOf {
  least: number;
  most: number;
}

/**
 * One code as it is meant on the date.
 *
 * `marks`: the presences that it may explain. `yours`: whoever asks may set it; `own`: the school
 * added it. `cap_words` say how often it may be set. `needs_incident`: its days are counted by
 * incident, which has to be named. `asks`: in each language, what note or proof is meant.
 */
export interface Choosable {
  code: string;
  label: Record<string, string>;
  where: Where;
  marks: Presence[];
  special: Special | null;
  authorised: Authorised | null;
  who_may_set: string[];
  yours: boolean;
  own: boolean;
  needs_note: boolean;
  needs_notice: boolean;
  needs_incident: boolean;
  evidence: Asks;
  asks: Record<string, string>;
  caps: CapOf[];
  cap_words: string[];
  grades: GradesOf | null;
  least_min: number | null;
  prefillable: boolean;
  confidential: boolean;
  citation: string | null;
  valid_from: SchoolDate | null;
  valid_to: SchoolDate | null;
}

/** What there is to choose from at a school on a date. `languages` has the default first. */
export interface Codes {
  school_id: Uuid;
  pack: string;
  version: string;
  label: Record<string, string>;
  languages: string[];
  on: SchoolDate;
  codes: Choosable[];
}

/** Which school date, today at the school when left out; as it was known at an instant. */
export interface GridQuery {
  on?: SchoolDate;
  as_of?: Instant;
}

/** Who teaches. */
export interface GridTeacher {
  staff_id: Uuid;
  name: string;
}

/** A section, with who teaches it on the date. */
export interface GridSection {
  section_id: Uuid;
  title: string;
  room: string | null;
  teacher_ids: Uuid[];
}

/**
 * A student of a date. `begins` and `ends`, where the roster has her begin or end in a section
 * on that very date; `begin_at` and `end_at`, where it is known when (F10.4).
 */
export interface GridDayStudent {
  num: number;
  student_id: Uuid;
  given_name: string;
  family_name: string;
  grade: string | null;
  begins?: boolean;
  ends?: boolean;
  begin_at?: Instant;
  end_at?: Instant;
}

/**
 * What a mark says beyond its presence.
 *
 * `num` is whose. `seen`: the teacher's word where it differs from what stands; `office`: the
 * office's own where it ruled. `known`: there is a reason; `reason` and `evidence` only where
 * whoever asks may read them (K8). `heads`: places in the roll's `ops` of what stands, [0] where
 * left out and somebody marked her.
 */
export interface GridMark {
  num: number;
  seen?: Presence | null;
  office?: Presence | null;
  arrived_at?: Instant;
  left_at?: Instant;
  known?: boolean;
  reason?: string;
  excused?: boolean;
  evidence?: string;
  heads?: number[];
  flags?: string[];
  notes?: number;
}

/**
 * Who is enrolled on a roll's date and not when its meeting began: she came later, or had left
 * (F10.3).
 */
export interface GridApart {
  num: number;
  begin_at?: Instant;
  end_at?: Instant;
}

/**
 * A roll with everybody on it.
 *
 * `nums` are the students who are expected in it, `presences` a letter each in the same order:
 * p present, l late, e left early, a absent, w elsewhere, - nobody said. `odd` are the marks of
 * which there is more to say; `ahead` whose absence was known before; `apart`, where there are
 * any, are the students of the date who are not expected in it.
 */
export interface GridRoll {
  roll_id: Uuid;
  section_id: Uuid;
  on: SchoolDate;
  period: string;
  period_name: string;
  seq: number;
  state: RollState;
  expected: boolean;
  void_reason: string | null;
  void_note: string | null;
  starts_at: Instant;
  ends_at: Instant;
  opens_at: Instant;
  due_at: Instant;
  taken_at: Instant | null;
  received_at: Instant | null;
  by_name: string | null;
  ops: Uuid[];
  nums: number[];
  presences: string;
  odd: GridMark[];
  ahead: number[];
  apart?: GridApart[];
}

/**
 * Everybody on any roll of a date, and its rolls.
 *
 * `as_of` and `roster_as_of` as on the board. `before_on` and `after_on` are the nearest dates on
 * which rolls are expected, null where none is laid out. `known_at` are the instants, up to
 * `as_of`, at which an entry about these rolls became known: the steps through the past.
 */
export interface Grid {
  epoch: string;
  server_time: Instant;
  as_of: Instant | null;
  roster_as_of: Instant | null;
  cursor: string;
  on: SchoolDate;
  before_on: SchoolDate | null;
  after_on: SchoolDate | null;
  known_at: Instant[];
  day: Day;
  school: SchoolFacts;
  periods: Period[];
  teachers: GridTeacher[];
  sections: GridSection[];
  students: GridDayStudent[];
  rolls: GridRoll[];
}

/** A student who is on a roll; `num` is how rolls name her here. */
export interface GridStudent {
  num: number;
  student_id: Uuid;
  given_name: string;
  family_name: string;
  grade: string | null;
}

/**
 * One student's rolls over some dates; each names nobody else.
 *
 * `terms` are the parts of the year to choose from.
 */
export interface StudentRolls {
  server_time: Instant;
  from: SchoolDate;
  to: SchoolDate;
  terms: Span[];
  student: GridStudent;
  days: Day[];
  sections: GridSection[];
  rolls: GridRoll[];
}

/**
 * When a student came or left on the first or the last date that the roster gives. `at` null:
 * the whole of that date counts again.
 */
export interface EnrollmentTime {
  student_id: Uuid;
  on: SchoolDate;
  what: CameOrLeft;
  at: Instant | null;
}

/** A section whose rolls of the date it is about. */
export interface TimedSection {
  section_id: Uuid;
  title: string;
}

/** What stands then, and of which sections. */
export interface TimedEnrollment {
  student_id: Uuid;
  on: SchoolDate;
  what: CameOrLeft;
  at: Instant | null;
  sections: TimedSection[];
}

/**
 * What the office says of one student on one roll.
 *
 * `seen` are the ops whose word the person had before them; where others stand by now, nothing of
 * the request is made. `presence` null releases the office's own; left out, it says nothing of it.
 * `takes_back` names an earlier ruling's op: what stood before it is put back, and nothing else is
 * to be said beside it. `incident` names what days belong together, `noticed_on` when the school
 * was told, where a code asks for it; `beyond_cap`: an administrator goes beyond a cap, with the
 * words of `why`.
 */
export interface Ruling {
  roll_id: Uuid;
  student_id: Uuid;
  seen: Uuid[];
  presence?: Presence | null;
  arrived_at?: Instant | null;
  left_at?: Instant | null;
  reason?: string;
  evidence?: string;
  note?: string;
  incident?: string;
  noticed_on?: SchoolDate | null;
  beyond_cap?: boolean;
  why?: string;
  takes_back?: Uuid;
}

/**
 * Rulings to look at (`preview`) or to make. `ruling_id` is made where they are: the same one
 * sent again is made once.
 */
export interface Rulings {
  ruling_id: Uuid;
  preview: boolean;
  rulings: Ruling[];
}

/**
 * What becomes of one ruling, in the order they were sent.
 *
 * `made`: it stands, or would. `says` tells what changes, or why it is not made. `heads` are the
 * ops that stand then and `op_id` the one that says it, null where it is not made or only looked
 * at.
 */
export interface RuledLine {
  roll_id: Uuid;
  student_id: Uuid;
  made: boolean;
  says: string;
  op_id: Uuid | null;
  heads: Uuid[];
}

/** What becomes of rulings; `rolls` are those that changed, as the grid has them. */
export interface Ruled {
  preview: boolean;
  made: number;
  refused: number;
  lines: RuledLine[];
  rolls: GridRoll[];
}

/** A student by name, as a desk finds her; `local_id` tells namesakes apart. */
export interface DeskStudent {
  student_id: Uuid;
  given_name: string;
  family_name: string;
  grade: string | null;
  local_id: string | null;
}

/** The students of a school by family name, for a desk that types a name. */
export interface DeskStudents {
  students: DeskStudent[];
}

/** Which school date; today at the school when left out. */
export interface VisitsQuery {
  on?: SchoolDate;
}

/** A reason as the viewer may read it: its code and words, or only that there is one. */
export interface SaidReason {
  code: string | null;
  label: string | null;
  excused: boolean | null;
}

/**
 * What a line said on one meeting's roll; `minutes` missed by the bell. `outcome` tells a
 * ruling that waits for a person (the roll is locked) from one that stands.
 */
export interface DeskRuled {
  roll_id: Uuid;
  period: string;
  period_name: string;
  section_title: string;
  room: string | null;
  presence: Presence | null;
  minutes: number;
  outcome: Outcome;
}

/**
 * A line that was written, with what became of it.
 *
 * `stands`: nothing took its place. `withdrawn_by`: whoever took it back. `rolls`: what this line
 * ruled, a meeting each. `slip`: the signed text of the slip's code, which names nobody; null of a
 * sheet's line, of one that does not stand, and where the school's key is damaged.
 */
export interface Visit {
  visit_id: Uuid;
  student: DeskStudent;
  on: SchoolDate;
  what: At;
  place: Place;
  at: Instant;
  until: Instant | null;
  reason: SaidReason | null;
  incident: string | null;
  note: string | null;
  replaces: Uuid | null;
  by: By;
  noted_at: Instant;
  stands: boolean;
  withdrawn_by: By | null;
  withdrawn_at: Instant | null;
  rolls: DeskRuled[];
  slip: string | null;
}

/** The lines of a date, the newest first; those that were taken back too. */
export interface Visits {
  server_time: Instant;
  school: SchoolFacts;
  on: SchoolDate;
  visits: Visit[];
}

/**
 * A line of the front desk's log, or of a sign-in sheet. The same line may be sent again.
 *
 * `at` is now when left out. `until`: when a visit to a sheet's place ended or will end. `code` is
 * the reason for having been away, or for going, with `incident` where its days count together and
 * `discretion`, an administrator's word beyond a limit. `replaces`: the line that it takes the
 * place of, to correct it or to write down its end.
 */
export interface NewVisit {
  visit_id: Uuid;
  student_id: Uuid;
  what: At;
  place?: Place;
  at?: Instant | null;
  until?: Instant | null;
  code?: string | null;
  incident?: string | null;
  discretion?: string | null;
  note?: string | null;
  replaces?: Uuid | null;
}

/** A line that was a mistake: `withdrawal_id` is the line that takes it back. */
export interface WithdrawnVisit {
  withdrawal_id: Uuid;
  visit_id: Uuid;
  note?: string | null;
}

/** Notices that are about a date between two, both inclusive; today and ahead when left out. */
export interface NoticesQuery {
  from?: SchoolDate;
  to?: SchoolDate;
}

/**
 * An absence known ahead, by whom it was told and who wrote it down; of a notice that came with
 * a file nobody knows that. `ended_by`: whoever ended it, and when; it held until `to_on`, or not
 * at all (`active` false).
 */
export interface DeskNotice {
  notice_id: Uuid;
  student: DeskStudent;
  from_on: SchoolDate;
  to_on: SchoolDate;
  periods: string[] | null;
  active: boolean;
  reason: SaidReason | null;
  told_by: string | null;
  told_how: ToldHow | null;
  note: string | null;
  by: By | null;
  noted_at: Instant | null;
  ended_by: By | null;
  ended_at: Instant | null;
}

/** Absences known ahead, by their first date. */
export interface DeskNotices {
  server_time: Instant;
  school: SchoolFacts;
  from: SchoolDate;
  to: SchoolDate;
  notices: DeskNotice[];
}

/**
 * An absence that the office was told of. `periods` null is the whole day.
 *
 * `incident` names what days belong together where the code counts by incident; `discretion` are
 * an administrator's words for going beyond a cap.
 */
export interface NewNotice {
  notice_id: Uuid;
  student_id: Uuid;
  from_on: SchoolDate;
  to_on: SchoolDate;
  periods?: string[] | null;
  code?: string | null;
  told_by: string;
  told_how: ToldHow;
  note?: string | null;
  evidence?: string | null;
  incident?: string | null;
  discretion?: string | null;
}

/** A notice that holds no longer. `to_on` is its last day after all; null: it never held. */
export interface EndedNotice {
  line_id: Uuid;
  notice_id: Uuid;
  to_on: SchoolDate | null;
  note?: string | null;
}

/** Which school date; today at the school when left out. */
export interface ContradictionsQuery {
  on?: SchoolDate;
}

/** One fact that a finding rests on: a mark on a roll, or a line of a desk (`what`, `place`). */
export interface Fact {
  at: Instant;
  roll_id: Uuid | null;
  period_name: string | null;
  section_title: string | null;
  presence: Presence | null;
  by: By | null;
  what: At | null;
  place: string | null;
}

/** What may be done next; nothing is done by itself. `who`: the teacher to ask. */
export interface NextStep {
  do: Do;
  roll_id: Uuid | null;
  section_title: string | null;
  who: By | null;
  at: Instant | null;
  place: string | null;
}

/**
 * Something that does not fit together, with its evidence. `key` stays the same however much
 * more is known meanwhile, so that what was looked at stays looked at.
 */
export interface Contradiction {
  key: string;
  kind: FindingKind;
  urgent: boolean;
  students: DeskStudent[];
  periods: string[];
  evidence: Fact[];
  steps: NextStep[];
  state: FindingState;
  by: By | null;
  said_at: Instant | null;
  why: string | null;
}

/**
 * What does not fit together on a date, the urgent first. `rolls` were taken that day: a roll
 * that is not there says nothing.
 */
export interface Contradictions {
  server_time: Instant;
  school: SchoolFacts;
  on: SchoolDate;
  rolls: number;
  findings: Contradiction[];
}

/** What somebody did about a finding; setting it aside needs a reason. */
export interface FindingSaid {
  line_id: Uuid;
  on: SchoolDate;
  key: string;
  state: FindingState;
  why?: string | null;
}

/**
 * A section whose rolls one took with everybody present within two seconds, week after week.
 * `since_on` and `on` are the first and the last of these `rolls`; `shown_on`: since when it is
 * known that one was shown this.
 */
export interface QuickHabit {
  key: string;
  section_id: Uuid;
  section_title: string;
  rolls: number;
  since_on: SchoolDate;
  on: SchoolDate;
  shown_on: SchoolDate | null;
}

/** One's own habits of quick rolls, as they stand today; mostly none. */
export interface QuickHabits {
  server_time: Instant;
  habits: QuickHabit[];
}

/** That one was shown a habit of one's own. */
export interface QuickShown {
  line_id: Uuid;
  key: string;
}

/** How many to list; five hundred when left out. */
export interface ClearingQuery {
  most?: number;
}

/**
 * An absence that waits for a reason.
 *
 * `age`: the school days after it. `state`: `away` while the student has not come back, `open`
 * until `ends_on`, the last day for a proof; from `final_on` on it counts as `becomes`, and is
 * `lapsed`. A reason clears it even then.
 */
export interface WaitingAbsence {
  student: DeskStudent;
  on: SchoolDate;
  missed: Missed;
  periods: string[];
  minutes: number;
  age: number;
  state: State;
  ends_on: SchoolDate | null;
  final_on: SchoolDate | null;
  becomes: SaidReason | null;
}

/** A reason that was given: by whom, when, and on which rolls; `undone_by` took it back. */
export interface Cleared {
  clearing_id: Uuid;
  student: DeskStudent;
  on: SchoolDate;
  reason: SaidReason | null;
  note: string | null;
  evidence: string | null;
  by: By;
  noted_at: Instant;
  undone_by: By | null;
  undone_at: Instant | null;
  rolls: DeskRuled[];
}

/**
 * Absences of the school year that wait, those whose time runs out first; and the reasons that
 * were given last. `more`: there are more than are listed; `count` is of all.
 */
export interface ClearingQueue {
  server_time: Instant;
  school: SchoolFacts;
  on: SchoolDate;
  count: number;
  more: boolean;
  waiting: WaitingAbsence[];
  cleared: Cleared[];
}

/** A reason for all that a student missed on a date. */
export interface ReasonAsked {
  student_id: Uuid;
  on: SchoolDate;
  code: string;
  note?: string | null;
  evidence?: string | null;
  incident?: string | null;
  discretion?: string | null;
}

/** A meeting's mark that would get the reason; `before` is the one that stands there. */
export interface ClearedPiece {
  roll_id: Uuid;
  period_name: string;
  section_title: string;
  presence: Presence;
  minutes: number;
  before: SaidReason | null;
}

/** What a reason would be given to. */
export interface ClearingPreview {
  student: DeskStudent;
  on: SchoolDate;
  reason: SaidReason | null;
  pieces: ClearedPiece[];
  seen: string;
}

/**
 * The same, to be kept. `seen` is what the preview said of the rolls: where something changed
 * since, nothing is kept.
 */
export interface NewClearing {
  student_id: Uuid;
  on: SchoolDate;
  code: string;
  note?: string | null;
  evidence?: string | null;
  incident?: string | null;
  discretion?: string | null;
  clearing_id: Uuid;
  seen: string;
}

/**
 * One absence of several: its own number, and what the preview said of its rolls, `seen`; null
 * where it is only looked at.
 */
export interface ClearingOfMany {
  clearing_id: Uuid;
  student_id: Uuid;
  on: SchoolDate;
  seen?: string | null;
}

/** One reason for several absences. With `preview` it is only said what would become of each. */
export interface NewClearings {
  preview: boolean;
  code: string;
  note?: string | null;
  evidence?: string | null;
  incident?: string | null;
  discretion?: string | null;
  absences: ClearingOfMany[];
}

/** What became of one absence, or would: `says` tells why it is not `made`. */
export interface ClearedLine {
  clearing_id: Uuid;
  student: DeskStudent;
  on: SchoolDate;
  made: boolean;
  says: string | null;
  pieces: ClearedPiece[];
  seen: string | null;
}

/** What became of each of several absences, in the order asked. */
export interface ClearedMany {
  preview: boolean;
  made: number;
  refused: number;
  lines: ClearedLine[];
}

/** One reason of several that are taken back. */
export interface UndoOfMany {
  undo_id: Uuid;
  clearing_id: Uuid;
}

/** Several reasons that are taken back: these absences wait again. */
export interface UndoneClearings {
  undone: UndoOfMany[];
  note?: string | null;
}

/** A reason that is taken back: the absence waits again. */
export interface UndoneClearing {
  undo_id: Uuid;
  clearing_id: Uuid;
  note?: string | null;
}

/** The process answers. */
export interface Up {
  status: string;
  version: string;
}

/** One thing that must hold before work is taken, and the cure where it does not. */
export interface Check {
  name: string;
  ok: boolean;
  detail: string;
}

/** Whether work can be taken: database writable, schema of this version, room on the disk. */
export interface Ready {
  ready: boolean;
  checks: Check[];
}

/**
 * Who said what of a student meanwhile and what stands now, in words; `heads` are the ops that
 * stand, which whoever still wants to rule names as seen.
 */
export interface ChangedCell {
  roll_id: Uuid;
  student_id: Uuid;
  says: string;
  heads: Uuid[];
}

/**
 * Every error of the API, whatever went wrong. `errors` names fields where some were wrong.
 *
 * `epoch` is the school's present one where the code is `epoch_changed`; `schools` are those to
 * choose from where it is `choose_school`; `cells` are the marks that others changed where rulings
 * were `changed_meanwhile`.
 */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: string;
  request_id: string;
  errors?: Record<string, unknown>;
  epoch?: string;
  revision?: number;
  schools?: SchoolName[];
  cells?: ChangedCell[];
}

export type Change = Roll | Section | Calendar | HeldItem;

export type TimetableChange =
  | ChangeDay
  | RemoveDay
  | ChangeSchedule
  | ChangePolicy
  | EndPolicy
  | AddExemption
  | EndExemption
  | AddLeave
  | EndLeave;

/** What a problem's `code` may be. */
export type ProblemCode =
  | "malformed"
  | "sign_in"
  | "wrong_password"
  | "person_revoked"
  | "wrong_code"
  | "pass_ended"
  | "csrf"
  | "device_revoked"
  | "not_found"
  | "method_not_allowed"
  | "pass_in_use"
  | "already_resolved"
  | "not_possible"
  | "changed_meanwhile"
  | "epoch_changed"
  | "too_large"
  | "unsupported_media"
  | "invalid"
  | "choose_school"
  | "upgrade_needed"
  | "slow_down"
  | "server_error"
  | "busy";
