using System.Text.Json;
using Ortaq.Centre.V1;
using Spectre.Console;

namespace Classroom.Centre.Cli;

/// <summary><c>centre report SESSION</c>: who taught what and when, and how much is in the record; with <c>--json</c> the record itself.</summary>
internal static class ReportCommand
{
    public static async Task<int> RunAsync(Feed feed, IAnsiConsole console, string session, Words words, bool json, CancellationToken stop)
    {
        var report = await feed.Calls.GetReportAsync(new GetReportRequest { ClassroomId = session }, feed.Once(stop));
        if (json)
        {
            await Console.Out.WriteLineAsync(report.RecordJson);
            return 0;
        }

        var grid = new Grid().AddColumn().AddColumn();
        Row(words.Lesson, words.Of(report.Title));
        Row(words.Class, $"{report.ClassName} · {words.Students(report.Joined)}");
        Row(words.Teacher, report.TeacherName);
        Row(words.Started, report.StartedAt is null ? "" : $"{report.StartedAt.ToDateTimeOffset().ToLocalTime():g}");
        Row(words.Ended, $"{report.EndedAt.ToDateTimeOffset().ToLocalTime():g}");
        using var record = JsonDocument.Parse(report.RecordJson);
        foreach (var kind in record.RootElement.GetProperty("entities").EnumerateArray().CountBy(e => e.GetProperty("kind").GetString()!).OrderBy(k => k.Key, StringComparer.Ordinal))
        {
            Row(kind.Key, $"{kind.Value}");
        }

        console.Write(grid);
        return 0;

        void Row(string name, string value) => grid.AddRow($"[grey]{name.EscapeMarkup()}[/]", value.EscapeMarkup());
    }
}
