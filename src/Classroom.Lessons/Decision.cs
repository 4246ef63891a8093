namespace Classroom.Lessons;

/// <summary>What a command leads to: facts and effects, or a refusal. No facts and no refusal means: nothing to do, already so.</summary>
public sealed record Decision(ImmutableArray<Fact> Facts, ImmutableArray<Effect> Effects, Refusal? Refusal)
{
    public static readonly Decision Nothing = new([], [], null);

    /// <summary>Whose each fact is, where several children share a phone; a fact beyond them is of who gave the command.</summary>
    public ImmutableArray<Guid> Children { get; init; } = [];

    public static Decision Of(params ReadOnlySpan<Fact> facts) => new([.. facts], [], null);

    public static Decision Refuse(string code) => new([], [], new Refusal(code));

    public static Decision Refuse(string code, string name, object value) => new([], [], new Refusal(code, name, value));

    /// <summary>The same, of this child.</summary>
    internal Decision Of(Guid child) => Facts.IsEmpty || Children.Length == Facts.Length ? this : this with { Children = [.. Facts.Select(_ => child)] };

    /// <summary>Both, in this order. Each says whose its facts are.</summary>
    internal Decision And(Decision next) => new([.. Facts, .. next.Facts], [.. Effects, .. next.Effects], null) { Children = [.. Children, .. next.Children] };

    public Decision Then(params ReadOnlySpan<Effect> effects) => this with { Effects = [.. Effects, .. effects] };
}

/// <summary>Why a command was not carried out: a code that the client puts into words, with its arguments.</summary>
[GenerateSerializer, Immutable]
public sealed record Refusal(
    [property: Id(0)] string Code, [property: Id(1)] ImmutableDictionary<string, string> Args)
{
    public Refusal(string code) : this(code, ImmutableDictionary<string, string>.Empty) { }

    public Refusal(string code, string name, object value)
        : this(code, ImmutableDictionary<string, string>.Empty.Add(name, FormattableString.Invariant($"{value}"))) { }
}

/// <summary>The outcome of a command. Accepted means durable. <paramref name="Seq"/> is the lesson's version after it.</summary>
[GenerateSerializer, Immutable]
public sealed record Reply([property: Id(0)] long Seq, [property: Id(1)] Refusal? Refusal)
{
    public static Reply Refused(string code) => new(0, new Refusal(code));
}
