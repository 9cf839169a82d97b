/**
 * The parts both pages are made of: functions of their props, without state of their own, and
 * without inline styles (the content security policy allows none). `parts.css` dresses them.
 */
export { Banner, type BannerProps, Empty, type EmptyProps } from "./banner";
export { Button, type ButtonProps, Switch, type SwitchProps } from "./button";
export { type ChipStanding, StandingChip, type StandingChipProps, standingWords } from "./chip";
export { Field, type FieldProps } from "./field";
export { Icon, type IconName, Logo } from "./icon";
export { Screen, type ScreenProps, SubmitBar, type SubmitBarProps } from "./screen";
export { Presets, Sheet, type SheetProps, Stepper, type StepperProps } from "./sheet";
export {
  type StepState,
  SyncLine,
  type SyncLineProps,
  type SyncStep,
  SyncSteps,
  type SyncStepsProps,
} from "./sync";
export { type Look, StudentGrid, StudentTile, type StudentTileProps } from "./tile";
export { Welcome, type WelcomeProps } from "./welcome";
