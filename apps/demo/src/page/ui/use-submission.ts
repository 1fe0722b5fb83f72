import { useState } from "react";
import { RequestFailure } from "../live/request";

/** Does something that the backend may refuse, one at a time, and keeps what was wrong. */
export function useSubmission() {
  const [isBusy, setBusy] = useState(false);
  const [errors, setErrors] = useState<Readonly<Record<string, string>>>({});

  const submit = async (act: () => Promise<void>) => {
    setBusy(true);
    setErrors({});
    try {
      await act();
    } catch (error) {
      setErrors(error instanceof RequestFailure ? error.fields : { detail: String(error) });
    } finally {
      setBusy(false);
    }
  };
  return { isBusy, errors, submit };
}
