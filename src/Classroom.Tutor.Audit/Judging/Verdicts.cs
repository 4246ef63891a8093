namespace Classroom.Tutor.Audit;

/// <summary>The tallies of one case while it is judged.</summary>
internal sealed class Verdicts
{
    private readonly ImmutableSortedDictionary<string, Tally>.Builder _all = ImmutableSortedDictionary.CreateBuilder<string, Tally>(StringComparer.Ordinal);

    public void Add(string check, bool held) => Add(check, Tally.Of(held));

    public void Add(string check, Tally tally) => _all[check] = _all.GetValueOrDefault(check, new Tally(0, 0)) + tally;

    public ImmutableSortedDictionary<string, Tally> ToImmutable() => _all.ToImmutable();
}
