import { newWorkersRpcResponse } from "capnweb";
import { Files } from "./files.js";

export { Alarms } from "./alarms.js";
export { Files };

export default {
  fetch: (request: Request) => newWorkersRpcResponse(request, new Files()),
};
