namespace Classroom.Faults.Tests;

/// <summary>Tests whose invariant is a bound in time run with nothing beside them; the others share the machine.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
