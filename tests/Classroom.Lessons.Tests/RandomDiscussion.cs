namespace Classroom.Lessons.Tests;

/// <summary>
/// Random lessons that begin with teams and an idea of each student: chance alone seldom gets there. Teams are then formed anew and
/// students moved while ideas are written, hidden, shared and voted for, among everything else.
/// </summary>
internal sealed partial class RandomLesson
{
    public IEnumerable<Envelope> Discussion(int count)
    {
        var teacher = new Actor(Role.Teacher, TeacherId, "Айгүл");
        yield return Keep(Opening(Id()));
        for (var i = 0; i < 5; i++)
        {
            yield return Keep(Join());
        }

        foreach (var command in new Command[] { new StartLesson(), new GoToStep("s3"), new RequestPrompts("s3") })
        {
            yield return Keep(new(Id(), teacher, command));
        }

        yield return Keep(new(Id(), Actor.System, new ProposePrompts("s3", [Prompt("p1"), Prompt("p2")], Source)));
        yield return Keep(new(Id(), teacher, new PickPrompt("s3", "p1", null)));
        yield return Keep(new(Id(), teacher, new FormTeams(2, true)));
        foreach (var student in _students.ToList())
        {
            yield return Keep(new(Id(), new Actor(Role.Student, student), new Contribute(New(_ideas), "s3", "Ой")));
        }

        for (var i = 0; i < count; i++)
        {
            yield return Keep(_random.Next(3) == 0 ? Next(6 + i) : Team(teacher, i));
        }
    }

    private Envelope Team(Actor teacher, int i)
    {
        var student = new Actor(Role.Student, Student());
        return _random.Next(12) switch
        {
            0 => Join(),
            1 or 2 => new(Id(), teacher, new FormTeams(_random.Next(1, 4), _random.Next(2) == 0)),
            3 or 4 => new(Id(), teacher, new MoveToTeam(Student(), _random.Next(1, 4))),
            5 or 6 => new(Id(), student, new Contribute(New(_ideas), "s3", "Ой " + i)),
            7 => new(Id(), teacher, new HideContribution(Any(_ideas), _random.Next(2) == 0)),
            8 => new(Id(), teacher, _random.Next(8) == 0 ? new ShareContributions("s3", i % 3 == 0 ? [.. _ideas.Take(2)] : null) : new RenameStudent(Student(), "Тұлпар " + _random.Next(9))),
            _ => new(Id(), student, new Upvote(Any(_ideas), _random.Next(3) > 0)),
        };
    }
}
