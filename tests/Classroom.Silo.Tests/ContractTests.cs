using System.Reflection;
using Classroom.Silo.Auth;
using Classroom.Silo.Realtime;

namespace Classroom.Silo.Tests;

/// <summary>What is written about the wire is true, and codes cannot be guessed.</summary>
public sealed class ContractTests
{
    private static readonly string Readme = File.ReadAllText(Path.Combine(Checkout.Folder, "src", "Classroom.Lessons", "WIRE.md"));

    [Fact]
    public void The_readme_names_every_hub_method_and_every_message()
    {
        var methods = typeof(ClassroomHub).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(m => m.GetCustomAttribute<AllowedForAttribute>() is not null).Select(m => m.Name);
        foreach (var name in methods.Concat(typeof(IClassroomClient).GetMethods().Select(m => m.Name)))
        {
            Readme.ShouldContain("`" + name, Case.Sensitive, name);
        }
    }

    [Fact]
    public void The_readme_names_every_refusal_the_domain_gives()
    {
        var source = string.Concat(Directory.GetFiles(Path.Combine(Checkout.Folder, "src", "Classroom.Lessons"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains("obj", StringComparison.Ordinal)).Select(File.ReadAllText));
        var codes = System.Text.RegularExpressions.Regex.Matches(source, "Refuse\\(\"(?<code>[a-z-]+)\"", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(5))
            .Select(m => m.Groups["code"].Value).Distinct().ToList();
        codes.Count.ShouldBeGreaterThan(40);
        codes.Where(c => !Readme.Contains(c, StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(250)]
    [InlineData(8_000)]
    [InlineData(1_000_000)]
    public void Guessing_a_code_finds_fewer_than_a_hundredth_of_a_lesson_an_hour(long lessons)
    {
        var length = JoinCodes.LengthFor(lessons, JoinAttempts.WrongAnHour);
        length.ShouldBeGreaterThanOrEqualTo(6);
        (JoinAttempts.WrongAnHour * (double)lessons / Math.Pow(32, length)).ShouldBeLessThan(0.01);
        JoinCodes.Alphabet.Distinct().Count().ShouldBe(32);
        JoinCodes.Alphabet.ShouldNotContain('0');
        JoinCodes.Alphabet.ShouldNotContain('O');
        JoinCodes.Alphabet.ShouldNotContain('1');
        JoinCodes.Alphabet.ShouldNotContain('I');
    }

    [Theory]
    [InlineData("k7p·m4x", "K7PM4X")]
    [InlineData(" K7P M4X ", "K7PM4X")]
    [InlineData("K7P-M4X", "K7PM4X")]
    [InlineData("K7P", null)]
    [InlineData("K7PM40", null)]
    [InlineData(null, null)]
    public void A_code_is_read_as_people_type_it(string? typed, string? code) => JoinCodes.Normalize(typed).ShouldBe(code);
}
