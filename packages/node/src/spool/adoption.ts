import fs from "node:fs";
import path from "node:path";
import type { Clock } from "@segops/core";
import { BEAT_FILE, destinationOf, OWNER_FILE, OWNER_FORMAT, RELEASED_FILE, RESERVE_FILE } from "./home";
import { ADOPTED_PREFIX, adoptedFolders, holdsUndelivered } from "./left-behind";
import { type OwnerRecord, type Processes, SILENCE_MS } from "./processes";
import type { Trouble } from "./trouble";

/** Finds what the dead left behind, and takes it over. */
export interface Adoption {
  /** Moves what the dead left into a living owner's folder. Returns the folders it came in, oldest first. */
  adopt(into: string): string[];
  /** How many folders the dead left whose events go elsewhere: to another server, or under another key. */
  countOthers(): number;
  /** Makes a little room on a full disk. */
  freeReserves(): void;
}

interface Candidate {
  readonly name: string;
  readonly startedAt: number;
}

export function createAdoption(
  directory: string,
  destination: string,
  processes: Processes,
  clock: Clock,
  trouble: Trouble,
): Adoption {
  /** Owners of whom nothing but their beat can be known: when it was first heard, by our own clock. */
  const heard = new Map<string, { beat: string | undefined; since: number }>();

  let adopted = 0;

  const hasBeenSilent = (name: string, beat: string | undefined): boolean => {
    const now = clock.monotonicNow();
    const last = heard.get(name);
    if (!last || last.beat !== beat) {
      heard.set(name, { beat, since: now });
      return false;
    }
    return now - last.since > SILENCE_MS;
  };

  const candidate = (name: string): Candidate | undefined => {
    const folder = path.join(directory, name);
    const released = ownerOf(path.join(folder, RELEASED_FILE));
    const owner = released ?? ownerOf(path.join(folder, OWNER_FILE));
    if (owner && owner.format > OWNER_FORMAT) {
      trouble.report(
        "spool_newer",
        `${folder} was written by a newer version of this SDK (format ${owner.format}, but ${OWNER_FORMAT} is known). It is left alone: run the newer version to deliver it`,
      );
      return undefined;
    }
    const startedAt = owner?.startedAt ?? 0;
    if (released) return { name, startedAt };
    const beat = textOf(path.join(folder, BEAT_FILE));
    const verdict = owner ? processes.verdict(owner, beat) : "unknown";
    const isDead = verdict === "dead" || (verdict === "unknown" && hasBeenSilent(name, beat));
    return isDead ? { name, startedAt } : undefined;
  };

  /**
   * Takes an owner's folder over, and those that the owner had taken over. Renaming is what makes it exclusive: of
   * several who try, one succeeds. The number in front keeps them in order, whatever the clocks say.
   */
  const moveFamily = (folder: string, into: string): string[] => {
    const name = path.basename(folder).replace(ADOPTED_PREFIX, "");
    const claimed = path.join(into, `claimed.${name}`);
    try {
      fs.renameSync(folder, claimed);
    } catch {
      // Somebody else was faster, or the system holds on to it: there is a next time.
      return [];
    }
    const older = adoptedFolders(claimed).flatMap((child) => moveFamily(child, into));
    const own = path.join(into, `${String(++adopted).padStart(8, "0")}.${name}`);
    fs.renameSync(claimed, own);
    return [...older, own];
  };

  /** Oldest first. */
  const findDead = (own?: string): Candidate[] =>
    fs
      .readdirSync(directory)
      .filter((name) => name !== own && destinationOf(name) === destination)
      .flatMap((name) => candidate(name) ?? [])
      .sort((a, b) => a.startedAt - b.startedAt);

  const isOfOtherDead = (name: string): boolean => {
    const other = destinationOf(name);
    if (other === undefined || other === destination) return false;
    const folder = path.join(directory, name);
    if (ownerOf(path.join(folder, RELEASED_FILE))) return true;
    const owner = ownerOf(path.join(folder, OWNER_FILE));
    return owner !== undefined && processes.verdict(owner, textOf(path.join(folder, BEAT_FILE))) === "dead";
  };

  return {
    countOthers: () =>
      fs
        .readdirSync(directory)
        .filter((name) => isOfOtherDead(name) && holdsUndelivered(path.join(directory, name))).length,
    adopt: (into) =>
      findDead(path.basename(into)).flatMap(({ name }) => {
        heard.delete(name);
        return moveFamily(path.join(directory, name), into);
      }),
    freeReserves() {
      for (const { name } of findDead()) fs.rmSync(path.join(directory, name, RESERVE_FILE), { force: true });
    },
  };
}

function ownerOf(file: string): OwnerRecord | undefined {
  try {
    const owner: unknown = JSON.parse(fs.readFileSync(file, "utf8"));
    return typeof owner === "object" ? ((owner as OwnerRecord | null) ?? undefined) : undefined;
  } catch {
    return undefined;
  }
}

function textOf(file: string): string | undefined {
  try {
    return fs.readFileSync(file, "latin1");
  } catch {
    return undefined;
  }
}
