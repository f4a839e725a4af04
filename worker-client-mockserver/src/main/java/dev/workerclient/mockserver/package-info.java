/**
 * A mock of Cloudflare for tests of an application: {@link dev.workerclient.mockserver.MockWorkers}
 * acts as the binding proxy and the custom domains on loopback.
 *
 * <p>Only {@link dev.workerclient.mockserver.MockWorkersExtension} needs JUnit, and only {@link
 * dev.workerclient.mockserver.WorkerAssertions} and the types that it returns need AssertJ: both
 * are optional. No public signature contains a mockwebserver type.
 */
/*
 * Everything but the assertions is one knit: each file serves the way of a request, below, and none
 * is of use alone. Read the files in this order.
 *
 * 1. What a test writes: MockWorkers (MockWorkersExtension runs it for JUnit) > Services >
 *    MockService > MockRoute > Schedule, of what MockAnswer and Fault describe.
 * 2. A request arrives: MockServer > FrontDesk, which reads a RecordedRequest off the address:
 *    service, route, ObjectAddress. WatchedSockets reads each head before MockServer does
 *    (HeadWatch, RequestHead), and resets the connection if the script leaves the request unread.
 * 3. Like the real proxy, FrontDesk refuses what is not addressed or authorized (ProxyProblem >
 *    ProblemReply) and answers diagnose by itself (DiagnoseReply > BindingReport). ProxyProtocol
 *    has the headers, JsonText the bodies.
 * 4. MockRoute picks the script: the Endpoint that matches, its Schedule, the ScheduleStep that is
 *    next. A Script makes a Reply of the request:
 *      TargetAnswers   the target's own answer
 *      RpcScript       a Java object's answer to a batch: RpcBatchAnswer > RpcTarget
 *                      or to a session: MockSession, with the client's own engine (rationale.md);
 *                      each call is an RpcCall in RpcCalls
 *      ProxyProblem    the proxy's failure
 *      EdgeAnswer      Cloudflare's page: EdgePage, ErrorFormat, ErrorCode, read from Fixtures
 *      Silence         nothing
 *    Fault lists the last three, and bad bodies of the target (TargetTroubles, GzipBomb).
 * 5. MockServer puts the Reply on the wire: PacedBody at its Pace, waiting in Hold. A MockSession
 *    then goes on until OpenSessions or one of its ends closes it.
 * 6. The test ends: MockClients closes its clients, OpenResponses knows which responses are still
 *    open, and Verdict is what MockWorkers.verify throws.
 *
 * The assertions look at core's types, and nothing above uses them: WorkerAssertions >
 * WorkerCallAssert, WorkerFailureAssert and WorkerResponseAssert > CallChecks, CallText.
 */
@NullMarked
package dev.workerclient.mockserver;

import org.jspecify.annotations.NullMarked;
