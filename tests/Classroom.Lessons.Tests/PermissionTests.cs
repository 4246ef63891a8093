using System.Text;

namespace Classroom.Lessons.Tests;

/// <summary>
/// Who may send which command in which phase, and the refusal code for everybody else: one table for all commands, in Permissions.txt.
/// A new command has no row there and fails; set ORTAQ_WRITE_GOLDEN=1 to write the table anew, and read the difference.
/// </summary>
public sealed class PermissionTests
{
    private const string Passes = "ok";
    private static readonly Guid Seated = new("00000000-0000-7000-8000-00000000000d");

    private static readonly Guid Helping = new("00000000-0000-7000-8000-0000000000ec");

    // Codes that are about the sender or the phase. Any other refusal is about what the command says, and comes after these.
    private static readonly string[] Codes =
    [
        "wrong-role", "foreign-classroom", "no-seat", "not-open", "already-open", "not-started", "already-started", "not-ended", "lesson-ended", "board-read-only",
        "helper-dismissed", "helper-nameless",
    ];

    private static readonly (string Name, Actor By)[] Senders =
    [
        ("student", new(Role.Student, Seated)),
        ("student without a seat", new(Role.Student, new("00000000-0000-7000-8000-0000000000ee"))),
        ("teacher", new(Role.Teacher, RandomLesson.TeacherId)),
        ("another teacher", new(Role.Teacher, new("00000000-0000-7000-8000-0000000000ef"))),
        ("mentor", new(Role.Mentor, new("00000000-0000-7000-8000-0000000000ed"))),
        ("board", new(Role.Board, Guid.Empty)),
        ("helper", new(Role.Helper, Helping)),
        ("helper without a link", new(Role.Helper, new("00000000-0000-7000-8000-0000000000eb"))),
        ("admin", new(Role.Admin, new("00000000-0000-7000-8000-0000000000ad"))),
        ("system", Actor.System),
    ];

    [Fact]
    public void Every_command_is_for_the_senders_and_phases_of_the_table()
    {
        var path = Path.Combine(Folders.Project, "Permissions.txt");
        var table = Table();
        if (Folders.WritesGolden)
        {
            File.WriteAllText(path, table);
        }

        // A failure names the rows that differ, and only them.
        var (now, written) = (table.Split('\n'), File.ReadAllText(path).ReplaceLineEndings("\n").Split('\n'));
        string.Join('\n', now.Except(written)).ShouldBeEmpty("not in the table; run with ORTAQ_WRITE_GOLDEN=1 if this is meant");
        string.Join('\n', written.Except(now)).ShouldBeEmpty("in the table and no longer so");
        now.ShouldBe(written);
    }

    [Fact]
    public void Every_role_has_a_sender_in_the_table() =>
        Enum.GetValues<Role>().Except(Senders.Select(s => s.By.Role)).ShouldBeEmpty();

    [Fact]
    public void Every_command_is_for_somebody() =>
        AnyCommand.Types.Where(t => Senders.All(s => Row(t, s.By).All(c => c == "wrong-role"))).Select(t => t.Name).ShouldBeEmpty();

    private static (string Phase, LessonState State)[] Phases { get; } = States();

    private static string Table()
    {
        var text = new StringBuilder("# Written by PermissionTests. ok: sender and phase are right, and the command's own content decides.\n");
        text.Append(Line("# command", "sender", Phases.Select(p => p.Phase)));
        foreach (var type in AnyCommand.Types)
        {
            var rows = Senders.Select(s => (s.Name, Cells: Row(type, s.By))).ToList();
            foreach (var (name, cells) in rows.Where(r => r.Cells.Any(c => c != "wrong-role")))
            {
                text.Append(Line(type.Name, name, cells));
            }

            var never = rows.Where(r => r.Cells.All(c => c == "wrong-role")).Select(r => r.Name);
            text.Append($"{type.Name,-22}").Append("wrong-role always: ").AppendJoin(", ", never).Append("\n\n");
        }

        return text.ToString();
    }

    private static string Line(string command, string sender, IEnumerable<string> cells) =>
        $"{command,-22}{sender,-26}{string.Concat(cells.Select(c => $"{c,-19}"))}".TrimEnd() + "\n";

    private static string[] Row(Type type, Actor by) =>
        [.. Phases.Select(p => Lesson.Decide(p.State, new(Guid.CreateVersion7(), by, AnyCommand.Of(type)), RandomLesson.Start).Refusal?.Code)
            .Select(code => Codes.Contains(code) ? code! : Passes)];

    private static (string, LessonState)[] States()
    {
        var run = new Run();
        var phases = new List<(string, LessonState)> { ("not open", run.State) };
        run.Do(RandomLesson.Opening(Guid.CreateVersion7()));
        run.Do(new(Guid.CreateVersion7(), Senders[2].By, new InviteHelper(Helping)));
        run.Do(new(Guid.CreateVersion7(), new(Role.Helper, Helping), new ComeAsHelper("Әлия")));
        Do(new(Role.Student, Seated), new TakeSeat("Дана", Language.Kk, Level.Simple, Guid.CreateVersion7(), false), "lobby");
        Do(Senders[2].By, new StartLesson(), "live");
        Do(Senders[2].By, new EndLesson(), "ended");
        return [.. phases];

        void Do(Actor by, Command command, string phase)
        {
            run.Do(new(Guid.CreateVersion7(), by, command)).Decision.Refusal.ShouldBeNull();
            phases.Add((phase, run.State));
        }
    }
}
