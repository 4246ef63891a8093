using System.Globalization;
using System.Text.RegularExpressions;

namespace Classroom.Deploy.Tests;

/// <summary>deploy/security.md says of each requirement once how it stands, and the tests that it names are there.</summary>
public sealed partial class SecurityPageTests
{
    // Requirements of levels 1 and 2 in each chapter of ASVS 5.0.0.
    private static readonly int[] Counts = [27, 11, 19, 10, 9, 35, 18, 7, 7, 29, 14, 9, 13, 9, 13, 16, 7];

    private static readonly string Page = File.ReadAllText(Path.Combine(Checkout.Folder, "deploy", "security.md"));

    [Fact]
    public void Each_requirement_of_the_first_two_levels_stands_there_once()
    {
        var rows = Page[Page.IndexOf("## V1 ", StringComparison.Ordinal)..];
        var ids = Requirement().Matches(rows).Select(m => m.Value).ToList();
        ids.ShouldBeUnique();
        ids.CountBy(id => int.Parse(id.Split('.')[0], CultureInfo.InvariantCulture)).OrderBy(c => c.Key).Select(c => c.Value).ShouldBe(Counts);
    }

    [Fact]
    public void Every_test_that_it_names_is_there()
    {
        var tests = Path.Combine(Checkout.Folder, "tests");
        var classes = Directory.EnumerateFiles(tests, "*.cs", SearchOption.AllDirectories).Where(f => !f.Contains("/obj/", StringComparison.Ordinal))
            .SelectMany(f => Class().Matches(File.ReadAllText(f)).Select(m => m.Groups[1].Value)).ToHashSet(StringComparer.Ordinal);
        var web = Directory.EnumerateFiles(Path.Combine(Checkout.Folder, "clients", "web", "tests")).Select(Path.GetFileName).ToHashSet(StringComparer.Ordinal);
        var named = Named().Matches(Page).Select(m => m.Groups[1].Value).Distinct().ToList();
        named.Count.ShouldBeGreaterThan(40);
        named.Where(n => !classes.Contains(n) && !web.Contains(n)).ShouldBeEmpty();
    }

    [GeneratedRegex(@"(?<![\d.])\d{1,2}\.\d{1,2}\.\d{1,2}(?![\d.])")]
    private static partial Regex Requirement();

    [GeneratedRegex("`([A-Z][A-Za-z0-9]+|[A-Za-z]+\\.test\\.ts)`")]
    private static partial Regex Named();

    [GeneratedRegex(@"class (\w+)")]
    private static partial Regex Class();
}
