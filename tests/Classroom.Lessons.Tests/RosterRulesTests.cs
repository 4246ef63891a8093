namespace Classroom.Lessons.Tests;

/// <summary>The list of the class: the teacher's alone, bounded, and gone with its key; and what children were called before.</summary>
public sealed class RosterRulesTests : LessonTest
{
    private static readonly Guid List = new("00000000-0000-7000-8000-0000000000a5");

    [Fact]
    public void A_list_is_kept_as_it_was_meant_and_only_the_teacher_sees_it()
    {
        Ok(Teacher, new SetRoster(List, ["  Дана   Серікқызы ", "", "Иван Петров", "иван петров", "12", null!, "\u200b"]));
        Run.State.Roster!.Names.ShouldBe(["Дана Серікқызы", "Иван Петров"]);
        ((RosterEntity)Entities("roster").Single().Value!).Names.Length.ShouldBe(2);
        foreach (var other in new[] { Audience.Board, Audience.Students, Audience.Student(Dana) })
        {
            Entities("roster", other).ShouldBeEmpty();
        }
    }

    [Fact]
    public void The_same_list_twice_is_nothing_new_and_an_empty_one_takes_it_away()
    {
        Run.Do(new(Guid.CreateVersion7(), Teacher, new SetRoster(List, []))).Decision.Facts.ShouldBeEmpty();
        Ok(Teacher, new SetRoster(List, ["Дана Серікқызы"]));
        Run.Do(new(Guid.CreateVersion7(), Teacher, new SetRoster(Guid.CreateVersion7(), ["Дана Серікқызы"]))).Decision.Facts.ShouldBeEmpty();
        Ok(Teacher, new SetRoster(Guid.CreateVersion7(), ["Арман Қуатұлы"]));
        Run.State.Roster!.Id.ShouldBe(List, "one list, one key");
        Ok(Teacher, new SetRoster(List, []));
        Entities("roster").ShouldBeEmpty();
    }

    [Fact]
    public void Bad_lists_are_refused()
    {
        Refused(Teacher, new SetRoster(List, default)).ShouldBe("bad-value");
        Refused(Teacher, new SetRoster(Guid.Empty, ["Дана"])).ShouldBe("bad-value");
        Refused(Teacher, new SetRoster(Dana, ["Дана"])).ShouldBe("bad-value", "a child's key is no list's");
        Refused(Teacher, new SetRoster(List, [.. Enumerable.Range(0, 61).Select(i => "Оқушы " + i)])).ShouldBe("too-many");
        Refused(Teacher, new SetRoster(List, [.. Enumerable.Repeat("Дана", 100_000)])).ShouldBe("too-many");
        Refused(Teacher, new SetRoster(List, [new string('а', 81)])).ShouldBe("too-long");
        Refused(Dana, new SetRoster(List, ["Дана"])).ShouldBe("wrong-role");
        Ok(Teacher, new SetRoster(List, [.. Enumerable.Range(0, 60).Select(i => "Оқушы " + i), " "]));
        Start("s2");
        Ok(Teacher, new EndLesson());
        Refused(Teacher, new SetRoster(List, ["Дана"])).ShouldBe("lesson-ended");
    }

    [Fact]
    public void A_renamed_and_a_removed_child_keeps_its_former_names_until_it_is_forgotten()
    {
        Ok(Teacher, new RenameStudent(Dana, "Тұлпар"));
        Ok(Teacher, new RenameStudent(Dana, "Дана"));
        Ok(Teacher, new RenameStudent(Dana, "Қыран"));
        Run.State.FormerNames[Dana].ShouldBe(["Дана", "Тұлпар"]);
        Ok(Teacher, new RemoveStudent(Dana, false));
        Run.State.FormerNames[Dana].ShouldBe(["Дана", "Тұлпар", "Қыран"]);
        Ok(Teacher, new ForgetStudent(Dana, ForgetReason.Family));
        Run.State.FormerNames.ShouldBeEmpty();
    }

    [Fact]
    public void Of_many_former_names_the_last_are_kept()
    {
        foreach (var i in Enumerable.Range(0, 25))
        {
            Ok(Teacher, new RenameStudent(Dana, "Тұлпар " + (char)('а' + i)));
        }

        Run.State.FormerNames[Dana].Length.ShouldBe(20);
        Run.State.FormerNames[Dana].ShouldContain("Тұлпар " + (char)('а' + 23));
    }

    [Fact]
    public void The_list_is_forgotten_like_a_child_and_its_key_is_never_used_again()
    {
        Ok(Teacher, new SetRoster(List, ["Дана Серікқызы"]));
        Ok(Actor.System, new ForgetStudent(List, ForgetReason.Retention)).Effects.ShouldBe([new DestroyKey(List)]);
        Run.State.Roster.ShouldBeNull();
        Entities("roster").ShouldBeEmpty();
        Refused(Teacher, new SetRoster(List, ["Дана"])).ShouldBe("bad-value");
    }

    [Theory]
    [InlineData("Дана", "Серікқызы Дана|Арман Қуатұлы", "Арман Қуатұлы")]
    [InlineData("дана с.", "Дана Серікқызы|Дана Омарқызы|Әсел Ким", "Дана Омарқызы|Әсел Ким")]
    [InlineData("Дана", "Дана Серікқызы|Дана Омарқызы|Арман Қуатұлы", "Арман Қуатұлы")]
    [InlineData("Дана", "Дана", "")]
    public void A_forgotten_child_goes_from_the_list_and_the_rest_has_a_key_of_its_own(string called, string list, string left)
    {
        var child = called == "Дана" ? Dana : Guid.CreateVersion7();
        if (child != Dana)
        {
            Ok(child, new TakeSeat(called, Language.Kk, Level.Simple, Guid.CreateVersion7(), false));
        }

        Ok(Teacher, new SetRoster(List, [.. list.Split('|')]));
        // What it is called by now is no way out.
        Ok(Teacher, new RenameStudent(child, "Қыран"));
        Ok(Teacher, new ForgetStudent(child, ForgetReason.Family)).Effects.ShouldBe([new DestroyKey(child), new DestroyKey(List)]);
        Run.State.Roster!.Names.ShouldBe(left.Split('|', StringSplitOptions.RemoveEmptyEntries));
        Run.State.Roster.Id.ShouldNotBe(List);
        Entities("forgotten").Select(e => e.Id).ShouldBe([child.ToString()], "nobody needs to be told of the list");
        Ok(Teacher, new SetRoster(List, ["Арман Қуатұлы", "Айдос Ерланұлы"]));
        Run.State.Roster.Id.ShouldNotBe(List, "its key is destroyed");
    }

    [Fact]
    public void Who_is_not_on_the_list_leaves_it_as_it_is()
    {
        var child = Guid.CreateVersion7();
        Ok(child, new TakeSeat("Ан", Language.Kk, Level.Simple, Guid.CreateVersion7(), false));
        Ok(Teacher, new SetRoster(List, ["Анна Ким", "Дана Серікқызы"]));
        Ok(Teacher, new ForgetStudent(child, ForgetReason.Family)).Effects.ShouldBe([new DestroyKey(child)]);
        (Run.State.Roster!.Id, Run.State.Roster.Names.Length).ShouldBe((List, 2));
    }
}
