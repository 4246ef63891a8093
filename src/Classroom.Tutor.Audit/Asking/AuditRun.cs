using System.Collections.Concurrent;

namespace Classroom.Tutor.Audit;

/// <summary>The whole audit: the sets that need no model; with one, all that is asked of it, several cases at a time. A request that fails is a result.</summary>
/// <param name="model">Null: no model serves, and what needs one is not asked.</param>
/// <param name="egress">Null: where this process connects to is not observed, and the dossier says so.</param>
public sealed class AuditRun(
    ModelOptions? model, Kits.IKits kits, ITokenBudget budget, AuditOptions options, TimeProvider time, EgressWatch? egress)
{
    private const int Tries = 3;

    // Instructions with what stands around them, and an answer, in tokens.
    private const int Around = 900;
    private const int AnAnswer = 350;
    private const int ALongAnswer = 2500;
    private readonly ModelOptions? _model = model is { IsConfigured: true } ? model : null;
    private long _pausedUntil;

    /// <summary>What a model is asked, of these sets; null: of all.</summary>
    public static ImmutableArray<Case> CasesOf(IReadOnlyCollection<string>? sets = null)
    {
        ImmutableArray<Case> all = [.. GoldenSet.Cases, .. AttackSet.Cases, .. KnowledgeSet.Cases, .. SentSet.Cases, .. GuardSets.Danger(hasModel: true).Untold];
        return sets is null ? all : [.. all.Where(c => sets.Contains(c.Set))];
    }

    public static AuditEstimate Estimate(bool hasModel) => !hasModel ? new AuditEstimate(0, 0)
        : CasesOf() is var cases ? new AuditEstimate(cases.Length, cases.Sum(c => (long)Around + (c.Text.Length / 2) + (c.Ability == "prompt" ? ALongAnswer : AnAnswer))) : throw new InvalidOperationException();

    /// <param name="sets">Only these sets; null: all.</param>
    /// <param name="progress">Told after each case.</param>
    /// <exception cref="OperationCanceledException">It was stopped: there is no dossier.</exception>
    public async Task<ImmutableArray<CaseResult>> RunAsync(IReadOnlyCollection<string>? sets, Action<AuditProgress> progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(progress);
        bool Wanted(string set) => sets is null || sets.Contains(set);
        var (told, cases) = (new List<CaseResult>(), _model is null ? [] : CasesOf(sets));
        foreach (var (set, results) in new (string, Func<IEnumerable<CaseResult>>)[]
        {
            ("names", GuardSets.Names), ("marks", GuardSets.Marks), ("danger", () => GuardSets.Danger(_model is not null).Told), ("languages", GuardSets.Languages),
        })
        {
            cancellationToken.ThrowIfCancellationRequested();
            progress(new AuditProgress(set, 0, cases.Length));
            told.AddRange(Wanted(set) ? await Task.Run(() => results().ToList(), cancellationToken) : []);
        }

        if (Wanted("prepared"))
        {
            await foreach (var one in GuardSets.PreparedAsync(kits, time).WithCancellation(cancellationToken))
            {
                told.Add(one);
            }
        }

        told.AddRange(await AskAsync(cases, progress, cancellationToken));
        if (egress is not null)
        {
            told.AddRange(await egress.FoundAsync(cancellationToken));
        }

        return [.. told];
    }

    private async Task<IEnumerable<CaseResult>> AskAsync(ImmutableArray<Case> cases, Action<AuditProgress> progress, CancellationToken cancellationToken)
    {
        if (cases.IsEmpty)
        {
            return [];
        }

        progress(new AuditProgress(cases[0].Set, 0, cases.Length));
        var interview = new Interview(_model!, budget, time);
        var (results, done) = (new ConcurrentDictionary<int, CaseResult>(), 0);
        await Parallel.ForEachAsync(
            Enumerable.Range(0, cases.Length), new ParallelOptions { MaxDegreeOfParallelism = options.AtOnce, CancellationToken = cancellationToken },
            async (i, stop) =>
            {
                results[i] = Judge.Of(cases[i], await AskAsync(interview, cases[i], stop));
                progress(new AuditProgress(cases[i].Set, Interlocked.Increment(ref done), cases.Length));
            });
        return results.OrderBy(r => r.Key).Select(r => r.Value);
    }

    private async Task<Answer> AskAsync(Interview interview, Case one, CancellationToken stop)
    {
        for (var attempt = 1; ; attempt++)
        {
            // Nobody is asked inside a Retry-After, whichever case was told of it.
            var left = new DateTimeOffset(Interlocked.Read(ref _pausedUntil), TimeSpan.Zero) - time.GetUtcNow();
            if (left > TimeSpan.Zero)
            {
                await Task.Delay(left, time, stop);
            }

            var (answer, again) = await interview.AskAsync(one, stop);
            if (answer.Failure is null || again is not { } after || attempt == Tries || after > options.WaitAtMost)
            {
                return answer;
            }

            Interlocked.Exchange(ref _pausedUntil, Math.Max(Interlocked.Read(ref _pausedUntil), (time.GetUtcNow() + after).UtcTicks));
        }
    }
}
