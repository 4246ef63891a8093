using System.Collections.Frozen;
using System.Reflection;

namespace Classroom.Lessons;

/// <summary>One kind of command: its name on the wire, its permission and its rule.</summary>
public sealed record CommandType(
    string Name, Type Type, Roles By, Phases During, bool ServerOnly, bool Together, Func<LessonState, Command, CommandContext, Decision> Decide)
{
    public bool Allows(Role role) => role is Role.Student or Role.Teacher or Role.Mentor or Role.Board or Role.Admin or Role.System or Role.Helper && By.HasFlag((Roles)(1 << (int)role));
}

/// <summary>Every command there is. A name is the name of its record.</summary>
public sealed class CommandCatalogue(IEnumerable<CommandType> types)
{
    private readonly FrozenDictionary<string, CommandType> _byName = types.ToFrozenDictionary(t => t.Name, StringComparer.Ordinal);
    private readonly FrozenDictionary<Type, CommandType> _byType = types.ToFrozenDictionary(t => t.Type);

    public IEnumerable<CommandType> All => _byName.Values;

    public CommandType? Find(string name) => _byName.GetValueOrDefault(name);

    /// <exception cref="InvalidOperationException">No topic has registered this type.</exception>
    public CommandType Of(Command command)
    {
        ArgumentNullException.ThrowIfNull(command);
        return Of(command.GetType());
    }

    /// <exception cref="InvalidOperationException">No topic has registered this type.</exception>
    public CommandType Of<TCommand>() where TCommand : Command => Of(typeof(TCommand));

    private CommandType Of(Type command) => _byType.TryGetValue(command, out var type) ? type
        : throw new InvalidOperationException($"No topic decides on {command.Name}.");
}

/// <summary>From a type to its rule: filled once by the topics, then only read.</summary>
internal sealed class RuleTable
{
    private readonly List<CommandType> _commands = [];
    private readonly Dictionary<Type, Func<LessonState, RecordedFact, LessonState>> _facts = [];
    private CommandCatalogue? _catalogue;

    public CommandCatalogue Commands => _catalogue ??= new CommandCatalogue(_commands);

    public IEnumerable<Type> Facts => _facts.Keys;

    /// <summary>What a command leads to.</summary>
    public void Decide<TCommand>(Func<LessonState, TCommand, CommandContext, Decision> rule) where TCommand : Command
    {
        var permission = typeof(TCommand).GetCustomAttribute<CommandAttribute>()
            ?? throw new InvalidOperationException($"{typeof(TCommand).Name} says neither who may send it nor when: it needs [Command].");
        _commands.Add(new CommandType(
            typeof(TCommand).Name, typeof(TCommand), permission.By, permission.During, permission.ServerOnly, permission.Together,
            (state, command, context) => rule(state, (TCommand)command, context)));
    }

    /// <summary>How a fact changes the state.</summary>
    public void Apply<TFact>(Func<LessonState, TFact, FactMeta, LessonState> rule) where TFact : Fact =>
        _facts.Add(typeof(TFact), (state, recorded) => rule(state, (TFact)recorded.Fact, recorded.Meta));

    public LessonState Apply(LessonState state, RecordedFact recorded) => _facts.TryGetValue(recorded.Fact.GetType(), out var rule)
        ? rule(state, recorded) : throw new InvalidOperationException($"No topic applies {recorded.Fact.GetType().Name}.");
}
