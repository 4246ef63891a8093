using System.Text.RegularExpressions;
using NetArchTest.Rules;

namespace Classroom.Silo.Tests;

/// <summary>Dependencies point one way: Silo -> Grains -> {Lessons, Tutor, Storage, Kits}; Tutor, Storage and Kits -> Lessons.</summary>
public sealed class ArchitectureTests
{
    private const string Lessons = "Classroom.Lessons", Kits = "Classroom.Kits", Tutor = "Classroom.Tutor", Audit = "Classroom.Tutor.Audit", Storage = "Classroom.Storage",
        Grains = "Classroom.Grains", Silo = "Classroom.Silo";

    public static TheoryData<string, string[]> Rooms => new()
    {
        { Lessons, [Kits, Tutor, Storage, Grains, Silo, "Microsoft.AspNetCore", "Microsoft.EntityFrameworkCore", "Npgsql"] },
        { Kits, [Tutor, Storage, Grains, Silo, "Microsoft.AspNetCore", "Npgsql"] },
        { Storage, [Kits, Tutor, Grains, Silo, "Orleans"] },
        { Tutor, [Storage, Grains, Silo, "Orleans", "Npgsql", "Microsoft.EntityFrameworkCore"] },
        { Audit, [Storage, Grains, Silo, "Orleans", "Npgsql", "Microsoft.EntityFrameworkCore"] },
        { Grains, [Silo, "Microsoft.AspNetCore.SignalR", "Npgsql", "Microsoft.EntityFrameworkCore"] },
    };

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_room_knows_nothing_of_those_above_it(string room, string[] others)
    {
        var result = Types.InAssembly(System.Reflection.Assembly.Load(room)).That().ResideInNamespace(room).ShouldNot().HaveDependencyOnAny(others).GetResult();
        (result.FailingTypeNames ?? []).ShouldBeEmpty($"{room} may not use {string.Join(", ", others)}");
    }

    [Fact]
    public void No_file_of_the_product_is_longer_than_400_lines_and_no_grain_longer_than_150() =>
        Sources.Where(f => File.ReadLines(f).Count() > (f.Contains("/src/Classroom.Grains/", StringComparison.Ordinal) ? 150 : 400))
            .Select(f => Path.GetRelativePath(Checkout.Folder, f)).ShouldBeEmpty();

    /// <summary>The compiler names the switch that lacks a new language, unless the switch has an arm for "any other".</summary>
    [Fact]
    public void No_switch_takes_a_new_language_for_another() =>
        Sources.Where(f => AnyOtherLanguage.IsMatch(File.ReadAllText(f)) || LanguageStatement.IsMatch(File.ReadAllText(f))).Select(f => Path.GetRelativePath(Checkout.Folder, f)).ShouldBeEmpty();

    private static readonly Regex AnyOtherLanguage = new(
        @"\bswitch\s*\{[^{}]*(\bLanguage\.(Kk|Ru|En)\b|""(kk|ru|en)"")[^{}]*\b(_ (when[^{}]*)?=>|default:)", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5));

    // Of a statement the compiler does not say what it lacks.
    private static readonly Regex LanguageStatement = new(@"\bcase Language\.(Kk|Ru|En)\b", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(5));

    private static IEnumerable<string> Sources =>
        new[] { "src", "silo" }.SelectMany(f => Directory.EnumerateFiles(Path.Combine(Checkout.Folder, f), "*.cs", SearchOption.AllDirectories))
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal));
}
