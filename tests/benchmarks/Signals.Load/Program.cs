using System.CommandLine;
using Signals.Load;

var events = new Option<string?>("--file") { Description = "An .ndjson.gz of Segment messages; made-up events where it is not given." };
var count = new Option<int>("--count") { Description = "How many events to post, or mails to send.", DefaultValueFactory = _ => 200_000 };
var ingest = new Command("ingest", "Posts events to the built app over HTTP and waits until all are folded.") { events, count };
ingest.SetAction((parsed, cancellationToken) => IngestLoad.RunAsync(parsed.GetValue(events), parsed.GetValue(count), cancellationToken));

var mails = new Command("mails", "Sends planned messages into an outbox folder.") { count };
mails.SetAction((parsed, cancellationToken) => MailLoad.RunAsync(parsed.GetValue(count), cancellationToken));

return await new RootCommand("Measures the whole path, load generator included. Compare runs on one machine only.") { ingest, mails }
    .Parse(args)
    .InvokeAsync();
