/** What keeps one definition, however it is written, from costing the server more than a moment. */
export const LIMITS = {
  conditions: 50,
  /** Conditions in all, those of the segments that a definition refers to included. */
  expandedConditions: 200,
  /** How many segments deep a membership condition may reach. */
  membershipDepth: 5,
  /** Ten years. */
  windowDays: 3650,
  sequenceSteps: 20,
  listLength: 1000,
  textLength: 1000,
  nameLength: 200,
  descriptionLength: 2000,
  /** Characters of a regular expression. */
  patternLength: 200,
  /** The size of a regular expression with its repetitions written out. */
  patternSize: 500,
  patternNesting: 20,
  segmentsPerWorkspace: 500,
  bodyBytes: 256_000,
  /** Up to so many stored events and segments, memberships follow every ingest by themselves. */
  liveEvents: 50_000,
  liveSegments: 50,
} as const;

/** Sums and means take numbers up to here, either sign; beyond it six decimals have no meaning. */
export const LARGEST_AMOUNT = 1e15;
