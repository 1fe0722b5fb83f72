/** Colours of both themes; each text has a contrast of at least 4.5:1 on what it stands on. */
export const THEME_CSS = `
:host {
  all: initial;
  color-scheme: light dark;
  --surface: #ffffff; --raised: #f6f7f9; --line: #e2e5ea; --text: #15171c; --muted: #596070;
  --accent: #4f46e5; --on-accent: #ffffff; --accent-hover: #4338ca;
  --good: #0b6b36; --good-back: #e4f6ec; --busy: #1d4ed8; --busy-back: #e8effd;
  --warning: #855000; --warning-back: #fdf2d9; --bad: #b42318; --bad-back: #fdeceb;
  --shadow: 0 1px 2px #10182814, 0 16px 40px -8px #10182838;
}
@media (prefers-color-scheme: dark) {
  :host {
    --surface: #15171c; --raised: #1d2027; --line: #2e333d; --text: #eef0f4; --muted: #a3abb9;
    --accent: #8f8aff; --on-accent: #12131a; --accent-hover: #a6a2ff;
    --good: #74dba0; --good-back: #133123; --busy: #9dbcff; --busy-back: #1b2a4b;
    --warning: #f3c566; --warning-back: #38290d; --bad: #ff9f94; --bad-back: #3d1a17;
    --shadow: 0 0 0 1px #ffffff0f, 0 16px 40px -8px #000000b8;
  }
}
.good { color: var(--good); }
.busy { color: var(--busy); }
.warning { color: var(--warning); }
.bad { color: var(--bad); }
.muted { color: var(--muted); }
`;
