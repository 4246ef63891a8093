using System.Reflection;
using System.Text.Json.Nodes;
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
    public void The_web_clients_types_were_generated_from_this_program()
    {
        var path = Path.Combine(Checkout.Folder, "clients", "web", "src", "protocol", "generated", "wire.schema.json");
        File.Exists(path).ShouldBeTrue("build silo/Classroom.Silo with its web client first: it writes the schema");
        JsonNode.DeepEquals(JsonNode.Parse(File.ReadAllText(path)), WireSchema.Document())
            .ShouldBeTrue("the wire has changed since the web client was built: build silo/Classroom.Silo with its web client");
    }

    [Theory]
    [InlineData(1, 6, 8)]
    [InlineData(250, 7, 9)]
    [InlineData(8_000, 8, 10)]
    [InlineData(20_000, 9, 10)]
    [InlineData(1_000_000, 10, 11)]
    public void Guessing_a_code_finds_fewer_than_a_hundredth_of_a_lesson_an_hour_and_no_code_is_longer_than_that_takes(long lessons, int length, int underAttack)
    {
        foreach (var (expected, guesses) in new[] { (length, JoinAttempts.WrongAMinute), (underAttack, JoinAttempts.MostWrongAMinute) })
        {
            JoinCodes.LengthFor(lessons, guesses).ShouldBe(expected);
            Hits(expected).ShouldBeLessThan(0.01);
            (expected == 6 || Hits(expected - 1) >= 0.01).ShouldBeTrue();

            double Hits(int length) => guesses * 60.0 * lessons / Math.Pow(32, length);
        }

        JoinCodes.LengthFor(long.MaxValue, long.MaxValue).ShouldBe(12, "a longer one could not be typed");
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
