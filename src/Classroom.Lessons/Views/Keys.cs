namespace Classroom.Lessons;

/// <summary>The name of one thing in a view: its kind and its id within that kind.</summary>
public readonly record struct Key(string Kind, string Id)
{
    public static readonly Key Plan = new("plan", "");
    public static readonly Key Pace = new("pace", "");
    public static readonly Key Me = new("me", "");
    public static readonly Key Tempo = new("tempo", "");
    public static readonly Key Meter = new("meter", "");

    public static Key Step(string id) => new("step", id);

    public static Key Seat(Guid id) => new("seat", id.ToString());

    public static Key Hand(Guid id) => new("hand", id.ToString());

    public static Key Explanation(Guid id) => new("explanation", id.ToString());

    public static Key Heat(Guid id) => new("heat", id.ToString());

    public static Key Pressed(Guid id) => new("pressed", id.ToString());

    public static Key Question(string id) => new("question", id);

    public static Key Tally(string question) => new("tally", question);

    public static Key Answer(string question, int round, Guid student) => new("answer", $"{question}/{round}/{student}");

    public static Key Prompts(string step) => new("prompts", step);

    public static Key Prompt(string step) => new("prompt", step);

    public static Key Team(int number) => new("team", number.ToString(System.Globalization.CultureInfo.InvariantCulture));

    public static Key Contribution(Guid id) => new("contribution", id.ToString());

    public static Key Vote(Guid id) => new("vote", id.ToString());

    public static Key Work(WorkKey key) => new("work", key.ToString());

    public static Key Feedback(Guid id) => new("feedback", id.ToString());

    public static Key Exchange(Guid id) => new("exchange", id.ToString());

    public static Key Thread(Guid student) => new("thread", student.ToString());

    public static Key Incident(Guid id) => new("incident", id.ToString());

    public static Key Mark(WorkKey key) => new("mark", key.ToString());
}
