using System.Collections.Immutable;
using Classroom.Tutor.Audit;
using Xunit.Abstractions;

namespace Classroom.Tutor.Tests;

/// <summary>The sets of <c>Sets/names/*.txt</c> of the audit: how many names, numbers and addresses leave, and how many words of lessons are hidden.</summary>
public sealed class NameSetTests(ITestOutputHelper output)
{
    public static TheoryData<string> Languages => ["kk", "ru", "en"];

    [Theory]
    [MemberData(nameof(Languages))]
    public void A_set_has_five_hundred_lines_and_decoys(string language)
    {
        var lines = NameSet.Read(language);
        lines.Count.ShouldBeGreaterThanOrEqualTo(500);
        lines.Count(l => l.IsDecoy).ShouldBeGreaterThanOrEqualTo(150);
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void With_a_roster_one_name_of_the_class_in_a_hundred_leaves_at_most(string language)
    {
        var count = NameSet.Count(NameSet.Read(language), l => new Pseudonyms().Hide(l.Text, l.Roster), "{");
        Say(language + " with a roster", count);
        count.Leak.ShouldBeLessThanOrEqualTo(0.01);
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Without_a_roster_one_in_ten_leaves_at_most(string language)
    {
        var lines = NameSet.Read(language);
        var count = NameSet.Count(lines, l => new Pseudonyms().Hide(l.Text, []), "{<");
        Say(language + " without a roster", count);
        var numbers = NameSet.Count(lines, l => new Pseudonyms().Hide(l.Text, []), "[");
        Say(language + " numbers and addresses", numbers);
        count.Leak.ShouldBeLessThanOrEqualTo(0.10);
        numbers.Leak.ShouldBeLessThanOrEqualTo(0.10);
    }

    [Theory]
    [MemberData(nameof(Languages))]
    public void Of_lines_without_a_person_two_in_a_hundred_are_changed_at_most(string language)
    {
        var lines = NameSet.Read(language);
        var without = NameSet.Count(lines, l => new Pseudonyms().Hide(l.Text, []), "");
        Say(language + " decoys", without);
        without.Change.ShouldBeLessThanOrEqualTo(0.02);
        (without.Eaten.Length / (double)without.OtherWords).ShouldBeLessThanOrEqualTo(0.02);
        // The same with every child of every class of the set known.
        ImmutableArray<string> all = [.. lines.SelectMany(l => l.Roster).Distinct()];
        var with = NameSet.Count(lines, _ => new Pseudonyms().Hide(_.Text, all), "");
        Say(language + " decoys with rosters", with);
    }

    // Written by another hand that knew no rule (2026-11-26). At first sight 54 of 381 left and 20 of 240 were changed; then the rules were mended by kinds.
    [Fact]
    public void Of_the_later_set_one_in_ten_leaves_at_most_and_two_in_a_hundred_decoys_are_changed()
    {
        var leaked = Sentences.Rows("names-fresh").SelectMany(r => r[2].Split('|').Where(secret => new Pseudonyms().Hide(r[1], []).Contains(secret, StringComparison.Ordinal))).ToList();
        var changed = Sentences.Rows("no-names-fresh").Where(r => new Pseudonyms().Hide(r[1], []) != r[1]).ToList();
        output.WriteLine($"{leaked.Count} left: {string.Join(", ", leaked)}; changed: {string.Join("; ", changed.Select(c => c[1]))}");
        (leaked.Count / 381.0).ShouldBeLessThanOrEqualTo(0.10);
        (changed.Count / 240.0).ShouldBeLessThanOrEqualTo(0.02);
    }

    private void Say(string what, NameCount count)
    {
        output.WriteLine($"{what}: {count.Leaked.Length} of {count.Marks} left, {count.Changed.Length} of {count.Decoys} decoys changed, {count.Eaten.Length} of {count.OtherWords} other words hidden");
        foreach (var line in count.Leaked.Concat(count.Changed).Concat(count.Eaten))
        {
            output.WriteLine("  " + line);
        }
    }
}
