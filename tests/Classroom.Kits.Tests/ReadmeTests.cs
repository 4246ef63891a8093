using System.Text.RegularExpressions;

namespace Classroom.Kits.Tests;

/// <summary>The README is the author's manual: its example loads, and no code is left undocumented.</summary>
public partial class ReadmeTests
{
    private static readonly string Readme = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "README.md"));

    [Fact]
    public void The_whole_example_loads() =>
        string.Join('\n', KitLoader.Parse(Example().Match(Readme).Groups["kit"].Value).Errors).ShouldBe("");

    [Fact]
    public void Every_error_code_is_documented()
    {
        foreach (var code in typeof(KitErrorCodes).GetFields().Select(f => (string)f.GetRawConstantValue()!))
        {
            Readme.ShouldContain($"`{code}`");
        }
    }

    [Fact]
    public void Every_error_code_has_a_failing_example()
    {
        var tests = string.Concat(Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "sources"), "*.cs").Select(File.ReadAllText));
        foreach (var name in typeof(KitErrorCodes).GetFields().Select(f => f.Name))
        {
            Regex.IsMatch(tests, $@"\b{name}\b").ShouldBeTrue($"no test names {name}");
        }
    }

    [GeneratedRegex("```yaml\n(?<kit>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Example();
}
