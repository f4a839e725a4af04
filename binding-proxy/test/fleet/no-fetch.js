import { onlyRuns } from "runs";

export default {
  async scheduled() {},
};

export const runsEntrypoint = onlyRuns;
