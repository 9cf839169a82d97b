/**
 * The parts both pages are made of: functions of their props, without state of their own, and
 * without inline styles (the content security policy allows none). `parts.css` dresses them.
 */
export { Banner, type BannerProps, Empty, type EmptyProps } from "./banner.tsx";
export { Button, type ButtonProps, Switch, type SwitchProps } from "./button.tsx";
export { type ChipStanding, StandingChip, type StandingChipProps, standingWords } from "./chip.tsx";
export { Field, type FieldProps } from "./field.tsx";
export { Icon, type IconName, Logo } from "./icon.tsx";
export { LanguageChoice } from "./language-choice.tsx";
export { SchoolChoice, type SchoolChoiceProps } from "./school-choice.tsx";
export { Screen, type ScreenProps, SubmitBar, type SubmitBarProps } from "./screen.tsx";
export { Presets, Sheet, type SheetProps, Stepper, type StepperProps } from "./sheet.tsx";
export {
  type StepState,
  SyncLine,
  type SyncLineProps,
  type SyncStep,
  SyncSteps,
  type SyncStepsProps,
} from "./sync.tsx";
export { type Look, StudentGrid, StudentTile, type StudentTileProps } from "./tile.tsx";
export { Said, Told } from "./told.tsx";
export { Welcome, type WelcomeProps } from "./welcome.tsx";
export { WhyNotWords } from "./why-not.tsx";
