using System.CommandLine;
using Classroom.Centre.Cli;
using Spectre.Console;

// centre watch | report | export | kits, against the gRPC feed of a server. Exit codes: 0 done, 1 refused or not found, 2 the words or the
// address are wrong, 3 the server could not be reached.
var server = new Option<string?>("--server") { Description = "Address of the feed, such as http://127.0.0.1:5090; else CENTRE_SERVER", Recursive = true };
var tokenFile = new Option<FileInfo?>("--token-file") { Description = "File with the service token; else CENTRE_TOKEN", Recursive = true };
var seconds = new Option<int>("--deadline") { Description = "Seconds for one answer; for export 0: as long as it takes", DefaultValueFactory = _ => 15, Recursive = true };
var json = new Option<bool>("--json") { Description = "JSON, one object a line, for another program" };

var once = new Option<bool>("--once") { Description = "Show what is on now, and end" };
var needs = new Option<bool>("--needs") { Description = "Only sessions that need somebody" };
var find = new Option<string?>("--find") { Description = "Only sessions whose title, class or teacher holds this" };
var phase = new Option<string?>("--phase") { Description = "Only lobby, or only live" };
phase.AcceptOnlyFromAmong("lobby", "live");
var language = new Option<string>("--language") { Description = "kk, ru or en", DefaultValueFactory = _ => "kk" };
language.AcceptOnlyFromAmong("kk", "ru", "en");
var watch = new Command("watch", "The live wall: every session that is on, those in need first.") { once, needs, find, phase, language, json };
watch.SetAction((a, stop) => RunAsync(a, (feed, out_) => new WatchCommand(feed, out_, TimeProvider.System).RunAsync(
    new Filter(a.GetValue(needs), a.GetValue(find), a.GetValue(phase)), Words.In(a.GetRequiredValue(language)), a.GetValue(once), a.GetValue(json), stop)));

var session = new Argument<string>("SESSION") { Description = "The session's id" };
var report = new Command("report", "The record of a session that has ended.") { session, language, json };
report.SetAction((a, stop) => RunAsync(a, (feed, out_) => ReportCommand.RunAsync(
    feed, out_, a.GetRequiredValue(session), Words.In(a.GetRequiredValue(language)), a.GetValue(json), stop)));

var only = new Option<string?>("--session") { Description = "One session; else all of the centre's" };
var file = new Option<FileInfo?>("--out") { Description = "A file to add to: what it holds already is not asked for again" };
var export = new Command("export", "Stored facts, one JSON object a line.") { only, file };
export.SetAction((a, stop) => RunAsync(a, (feed, out_) => ExportCommand.RunAsync(feed, out_, a.GetValue(only), a.GetValue(file), stop)));

var yaml = new Argument<FileInfo[]>("FILE") { Description = "Kits in YAML", Arity = ArgumentArity.OneOrMore };
var import = new Command("import", "Checks kits and puts them on the server; teachers are offered them at once.") { yaml, json };
import.SetAction((a, stop) => RunAsync(a, (feed, out_) => KitsCommand.ImportAsync(feed, out_, a.GetRequiredValue(yaml), a.GetValue(json), stop)));
var kits = new Command("kits", "Kits of the server.") { import };

var root = new RootCommand("What a centre sees of its sessions, in a terminal.") { watch, report, export, kits, server, tokenFile, seconds };
var asked = root.Parse(args);
var code = await asked.InvokeAsync();
return asked.Errors.Count > 0 ? Failure.WrongWords : code;

async Task<int> RunAsync(ParseResult arguments, Func<Feed, IAnsiConsole, Task<int>> command)
{
    try
    {
        using var feed = Feed.Open(arguments.GetValue(server), arguments.GetValue(tokenFile), arguments.GetValue(seconds));
        return await command(feed, AnsiConsole.Console);
    }
    catch (Exception e) when (Failure.Of(e) is { } failure)
    {
        await Console.Error.WriteLineAsync(failure.Sentence);
        return failure.ExitCode;
    }
}
