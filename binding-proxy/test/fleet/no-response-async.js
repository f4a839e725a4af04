import { counting } from "runs";

export default counting(async (request) => {
  await request.arrayBuffer();
});
