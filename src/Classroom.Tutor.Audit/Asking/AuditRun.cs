using System.Collections.Concurrent;

namespace Classroom.Tutor.Audit;

/// <summary>The whole audit: the sets that need no model; with one, all that is asked of it, several cases at a time. A request that fails is a result.</summary>
/// <param name="model">Null: no model serves, and what needs one is not asked.</param>
/// <param name="egress">Null: where this process connects to is not observed, and the dossier says so.</param>
public sealed class AuditRun(
    ModelOptions? model, Kits.IKits kits, ITokenBudget budget, AuditOptions options, TimeProvider time, EgressWatch? egress, IUsageMeter? meter = null)
{
    /// <summary>So many in a row without a word of a model: it is not there, and asking on would take hours and find nothing.</summary>
    public const int SilentInARow = 20;

    /// <summary>All that can be asked for by name.</summary>
    public static readonly ImmutableArray<string> Sets = ["golden", "attacks", "knowledge", "sent", "danger", "names", "marks", "languages", "prepared"];

    private const int Tries = 3;
    private const int LookEvery = 50;
    private static readonly Lazy<AuditEstimate> WithModel = new(static () =>
        new AuditEstimate(CasesOf().Length, CasesOf().Sum(c => (long)Around + (c.Text.Length / 2) + (c.Ability == "prompt" ? ALongAnswer : AnAnswer))));

    // Instructions with what stands around them, and an answer, in tokens.
    private const int Around = 900;
    private const int AnAnswer = 350;
    private const int ALongAnswer = 2500;
    private readonly ModelOptions? _model = model is { IsConfigured: true } ? model : null;
    private long _pausedUntil;
    private int _silent;
    private int _hasSpoken;

    /// <summary>What a model is asked, of these sets; null: of all.</summary>
    public static ImmutableArray<Case> CasesOf(IReadOnlyCollection<string>? sets = null)
    {
        ImmutableArray<Case> all = [.. GoldenSet.Cases, .. AttackSet.Cases, .. KnowledgeSet.Cases, .. SentSet.Cases, .. GuardSets.Danger(hasModel: true).Untold];
        return sets is null ? all : [.. all.Where(c => sets.Contains(c.Set))];
    }

    /// <summary>Counted once: the operator's page asks every few seconds.</summary>
    public static AuditEstimate Estimate(bool hasModel) => hasModel ? WithModel.Value : new AuditEstimate(0, 0);

    /// <param name="sets">Only these sets; null: all.</param>
    /// <param name="progress">Told after each case.</param>
    /// <exception cref="OperationCanceledException">It was stopped: there is no dossier.</exception>
    /// <exception cref="AuditBrokenException">No model answers.</exception>
    public async Task<ImmutableArray<CaseResult>> RunAsync(IReadOnlyCollection<string>? sets, Action<AuditProgress> progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(progress);
        bool Wanted(string set) => sets is null || sets.Contains(set);
        var (told, cases) = (new List<CaseResult>(), _model is null ? [] : CasesOf(sets));
        await LookAsync(cancellationToken);
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
        var interview = new Interview(_model!, budget, meter, time);
        var (results, done) = (new ConcurrentDictionary<int, CaseResult>(), 0);
        await Parallel.ForEachAsync(
            Enumerable.Range(0, cases.Length), new ParallelOptions { MaxDegreeOfParallelism = options.AtOnce, CancellationToken = cancellationToken },
            async (i, stop) =>
            {
                results[i] = await JudgedAsync(interview, cases[i], stop);
                var now = Interlocked.Increment(ref done);
                progress(new AuditProgress(cases[i].Set, now, cases.Length));
                if (now % LookEvery == 0)
                {
                    await LookAsync(stop);
                }
            });
        return results.OrderBy(r => r.Key).Select(r => r.Value);
    }

    // Names of a provider's host stand for other addresses an hour later.
    private Task LookAsync(CancellationToken stop) => egress?.LookAsync(stop) ?? Task.CompletedTask;

    private async Task<CaseResult> JudgedAsync(Interview interview, Case one, CancellationToken stop)
    {
        try
        {
            var answer = await AskAsync(interview, one, stop);
            NoteSilence(answer);
            return Judge.Of(one, answer);
        }
        catch (Exception e) when (e is not (OperationCanceledException or AuditBrokenException or OutOfMemoryException))
        {
            // One case that cannot be asked or judged is a result: a thousand others were paid for.
            return Judge.Of(one, Answer.None with { Failure = "audit-failed" });
        }
    }

    // Who refuses is there; what a guard held back before anything was sent says nothing of the model.
    private void NoteSilence(Answer answer)
    {
        if (answer.Failure == "tutor-misconfigured" && Volatile.Read(ref _hasSpoken) == 0)
        {
            // A wrong key or model does not mend itself; where others were answered, it is this request that was not understood.
            throw new AuditBrokenException(answer.Failure);
        }

        if (answer.Said.Length > 0 || (answer.Failure is { } held && held != "input-withheld" && Judge.HeldBack.Contains(held)))
        {
            Interlocked.Exchange(ref _silent, 0);
            Volatile.Write(ref _hasSpoken, 1);
        }
        else if (answer.Failure is { } failure and not "input-withheld" && Interlocked.Increment(ref _silent) >= SilentInARow)
        {
            throw new AuditBrokenException(failure);
        }
    }

    private async Task<Answer> AskAsync(Interview interview, Case one, CancellationToken stop)
    {
        var (tokens, requests) = (0, 0);
        for (var attempt = 1; ; attempt++)
        {
            // Nobody is asked inside a Retry-After, whichever case was told of it.
            var left = new DateTimeOffset(Interlocked.Read(ref _pausedUntil), TimeSpan.Zero) - time.GetUtcNow();
            if (left > TimeSpan.Zero)
            {
                await Task.Delay(left, time, stop);
            }

            var (answer, again) = await interview.AskAsync(one, stop);
            (tokens, requests) = (tokens + answer.Tokens, requests + answer.Requests);
            if (answer.Failure is null || again is not { } after || attempt == Tries || after > options.WaitAtMost)
            {
                return answer with { Tokens = tokens, Requests = requests };
            }

            Interlocked.Exchange(ref _pausedUntil, Math.Max(Interlocked.Read(ref _pausedUntil), (time.GetUtcNow() + after).UtcTicks));
        }
    }
}
