import { FRAME_CSS } from "./frame";
import { PARTS_CSS } from "./parts";
import { THEME_CSS } from "./theme";

export const INSPECTOR_CSS: string = FRAME_CSS + PARTS_CSS + THEME_CSS;
