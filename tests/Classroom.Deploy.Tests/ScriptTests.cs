namespace Classroom.Deploy.Tests;

/// <summary>Every script and every unit that an operator is given.</summary>
public sealed class ScriptTests
{
    public static TheoryData<string> Scripts() => new(Directory.GetFiles(Files.Folder, "*", SearchOption.AllDirectories)
        .Where(f => File.ReadLines(f).FirstOrDefault()?.StartsWith("#!/usr/bin/env bash", StringComparison.Ordinal) == true)
        .Select(f => Path.GetRelativePath(Files.Folder, f)));

    [Theory]
    [MemberData(nameof(Scripts))]
    public async Task A_script_has_no_fault_that_a_reader_would_find(string name)
    {
        var file = Path.Combine(Files.Folder, name);
        await OtherProgram.RunAsync("test", ["-x", file]);
        await OtherProgram.RunAsync("bash", ["-n", file]);
        await OtherProgram.RunAsync("shellcheck", ["--severity=warning", "--external-sources", "--source-path=SCRIPTDIR", file]);
    }

    [Fact]
    public async Task Systemd_takes_the_boxs_unit()
    {
        using var work = new TempFolder();
        var unit = Path.Combine(work.Path, "ortaq.service");
        // The program is not installed here, and that alone would be reported.
        await File.WriteAllTextAsync(unit, Files.Text("school/ortaq.service")
            .Replace("/opt/ortaq/Classroom.Silo", "/bin/true", StringComparison.Ordinal).Replace("=/opt/ortaq", "=/", StringComparison.Ordinal));
        var (code, printed) = await OtherProgram.EndAsync("systemd-analyze", ["verify", "--man=no", unit]);
        code.ShouldBe(0, printed);
        printed.ShouldNotContain("ortaq.service");
    }
}
