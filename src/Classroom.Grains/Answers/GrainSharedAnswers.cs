using System.Runtime.CompilerServices;
using Classroom.Tutor;
using Microsoft.Extensions.Logging;

namespace Classroom.Grains;

/// <summary>Shared answers, kept by a grain each, so that all silos share them.</summary>
public sealed class GrainSharedAnswers(IGrainFactory grains, Holders holders, TimeProvider time, ILogger<GrainSharedAnswers> logger) : ISharedAnswers
{
    // Followers take what came meanwhile together: a thousand classes do not ask for every word.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    // A silo that died is noticed within this time.
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(1);
    private const int Attempts = 5;

    public async Task<ISharedAnswer> OpenAsync(string key, IReadOnlyList<TutorPiece> have, CancellationToken cancellationToken)
    {
        var (grain, caller) = (grains.GetGrain<ISharedAnswerGrain>(key), Guid.CreateVersion7());
        ImmutableArray<SharedPiece> known = [.. have.Select(p => new SharedPiece(p.Text, p.Ends))];
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return new Answer(grain, caller, await grain.Lead(caller, holders.Own, known, gives: false), known.Length, this, cancellationToken);
            }
            catch (Exception e) when (e is not OutOfMemoryException && attempt < Attempts)
            {
                // Its silo has just died, or is about to start.
                await Task.Delay(Again, time, cancellationToken);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                logger.LogWarning(e, "Whether an answer is given already is not known: this class gives its own");
                return new Answer(grain, caller, new SharedLead(true, known), known.Length, this, cancellationToken);
            }
        }
    }

    private sealed class Answer(
        ISharedAnswerGrain grain, Guid caller, SharedLead lead, int had, GrainSharedAnswers all, CancellationToken stop) : ISharedAnswer
    {
        private readonly List<SharedPiece> _given = [.. lead.Pieces];
        private bool _isEnded = !lead.IsMine;

        public bool IsMine => lead.IsMine;

        public IReadOnlyList<TutorPiece> Before { get; } = [.. lead.Pieces.Select(p => new TutorPiece(p.Text, p.Ends))];

        public Task AddAsync(TutorPiece piece)
        {
            ArgumentNullException.ThrowIfNull(piece);
            _given.Add(new SharedPiece(piece.Text, piece.Ends));
            return ShareAsync(async () =>
            {
                if (!await grain.Add(caller, _given[^1]))
                {
                    // It was lost with its silo, or another was quicker to go on.
                    await grain.Lead(caller, all.Own, [.. _given], gives: true);
                }
            });
        }

        public Task EndAsync(Provenance source)
        {
            _isEnded = true;
            return ShareAsync(() => grain.End(caller, source));
        }

        public async IAsyncEnumerable<TutorPiece> FollowAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            for (var after = had; ;)
            {
                if (await NextAsync(after) is not { } slice)
                {
                    yield break;
                }

                foreach (var piece in slice.Pieces)
                {
                    yield return new TutorPiece(piece.Text, piece.Ends);
                }

                after += slice.Pieces.Length;
                switch (slice.State)
                {
                    case SharedState.Whole:
                        yield return new TutorPiece("", [], slice.Source! with { Cached = true, Tokens = 0 });
                        yield break;
                    case SharedState.Failed:
                        throw new TutorException("tutor-cut");
                    case SharedState.Left:
                        yield break;
                    default:
                        await Task.Delay(Pause, all.Time, cancellationToken);
                        break;
                }
            }
        }

        public ValueTask DisposeAsync() => _isEnded ? ValueTask.CompletedTask
            : new ValueTask(ShareAsync(() => stop.IsCancellationRequested ? grain.Leave(caller) : grain.End(caller, null)));

        // A silo that dies takes what it says with it: as if who gave the answer had gone.
        private async Task<SharedSlice?> NextAsync(int after)
        {
            try
            {
                return await grain.Read(after);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                all.Logger.LogWarning(e, "An answer that is given elsewhere cannot be followed");
                return null;
            }
        }

        // The class that gives it goes on, whatever becomes of those that follow.
        private async Task ShareAsync(Func<Task> share)
        {
            try
            {
                await share();
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                all.Logger.LogWarning(e, "An answer could not be shared");
            }
        }
    }

    private string Own => holders.Own;

    private TimeProvider Time => time;

    private ILogger Logger => logger;
}
