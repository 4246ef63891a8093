using System.Text.RegularExpressions;

namespace Classroom.Silo.Tests;

/// <summary>WIRE.md's list of who sends which command, against the permissions of the commands themselves.</summary>
public sealed partial class WireCommandsTests
{
    [Theory]
    [InlineData(Role.Student)]
    [InlineData(Role.Teacher)]
    [InlineData(Role.Mentor)]
    [InlineData(Role.Board)]
    [InlineData(Role.Helper)]
    [InlineData(Role.Admin)]
    public void It_lists_the_commands_that_somebody_may_send_and_no_others(Role role)
    {
        var text = File.ReadAllText(Path.Combine(Checkout.Folder, "src", "Classroom.Lessons", "WIRE.md"));
        var row = text[text.IndexOf("| who | commands", StringComparison.Ordinal)..].Split('\n')
            .FirstOrDefault(l => l.StartsWith($"| {role.ToString().ToLowerInvariant()} |", StringComparison.Ordinal));
        var listed = Listed().Matches(row ?? "").Select(m => m.Groups["name"].Value).ToList();
        listed.ShouldBeUnique();
        listed.ShouldBe(Lesson.Commands.All.Where(c => !c.ServerOnly && c.Allows(role)).Select(c => c.Name), ignoreOrder: true);
    }

    [GeneratedRegex(@"`(?<name>[A-Za-z]+)\{", RegexOptions.ExplicitCapture)]
    private static partial Regex Listed();
}
