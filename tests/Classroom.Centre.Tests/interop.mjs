// A centre's program in another language: grpc-js with the server's own proto. Prints one JSON object; the test reads it.
//   node interop.mjs ADDRESS PROTO TOKEN SESSION
import grpc from "@grpc/grpc-js";
import loader from "@grpc/proto-loader";

const [address, proto, token, session] = process.argv.slice(2);
const definition = loader.loadSync(proto, { keepCase: true, longs: Number, enums: String, defaults: true, oneofs: true });
const { CentreFeed } = grpc.loadPackageDefinition(definition).ortaq.centre.v1;
const feed = new CentreFeed(address, grpc.credentials.createInsecure());
const metadata = (bearer) => {
  const all = new grpc.Metadata();
  if (bearer) all.set("authorization", `Bearer ${bearer}`);
  return all;
};
const nameOf = (code) => Object.entries(grpc.status).find(([, value]) => value === code)[0];
// Long enough for any answer, so that a test that fails does not hang.
const patience = () => ({ deadline: Date.now() + 30_000 });
const unary = (name, request, bearer = token) =>
  new Promise((done) => feed[name](request, metadata(bearer), patience(), (error, reply) => done(error ? { code: nameOf(error.code), details: error.details } : reply)));

/** What a stream brings, until it ends or enough is there. */
const stream = (name, request, enough, options = patience()) =>
  new Promise((done) => {
    const items = [];
    const call = feed[name](request, metadata(token), options);
    call.on("data", (item) => {
      items.push(item);
      if (enough(item)) call.cancel();
    });
    call.on("error", (error) => done({ items, code: nameOf(error.code) }));
    call.on("end", () => done({ items, code: "OK" }));
  });

const wall = await stream("WatchSessions", {}, (item) => item.what === "caught_up");
const late = await stream("WatchSessions", {}, () => false, { deadline: Date.now() + 300 });
const facts = await stream("ExportFacts", { classroom_id: session, after_version: { [session]: 1 } }, () => false);
console.log(
  JSON.stringify({
    wall: wall.items,
    late: late.code,
    facts: facts.items.map((f) => f.version),
    exported: facts.code,
    anonymous: await unary("GetReport", { classroom_id: session }, ""),
    report: await unary("GetReport", { classroom_id: session }),
    kit: await unary("ImportKit", { file_name: "mine.yaml", yaml: Buffer.from("id: Mine\n") }),
  }),
);
feed.close();
