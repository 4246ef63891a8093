using System.Runtime.CompilerServices;
using Classroom.Tutor;
using Microsoft.Extensions.Logging;

namespace Classroom.Grains;

/// <summary>Shared answers, kept by a grain each, so that all silos share them.</summary>
public sealed class GrainSharedAnswers(IGrainFactory grains, TimeProvider time, ILogger<GrainSharedAnswers> logger) : ISharedAnswers
{
    // Followers take what came meanwhile together: a thousand classes do not ask for every word.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public async Task<ISharedAnswer> OpenAsync(string key, CancellationToken cancellationToken)
    {
        var (grain, caller) = (grains.GetGrain<ISharedAnswerGrain>(key), Guid.CreateVersion7());
        var isMine = true;
        try
        {
            isMine = await grain.Lead(caller);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            logger.LogWarning(e, "Whether an answer is given already is not known: this class gives its own");
        }

        return new Answer(grain, caller, isMine, time, logger);
    }

    private sealed class Answer(ISharedAnswerGrain grain, Guid caller, bool isMine, TimeProvider time, ILogger logger) : ISharedAnswer
    {
        private bool _isEnded = !isMine;

        public bool IsMine => isMine;

        public Task AddAsync(TutorPiece piece)
        {
            ArgumentNullException.ThrowIfNull(piece);
            return ShareAsync(grain.Add(caller, new SharedPiece(piece.Text, piece.Ends)));
        }

        public Task EndAsync(Provenance source)
        {
            _isEnded = true;
            return ShareAsync(grain.End(caller, source));
        }

        public async IAsyncEnumerable<TutorPiece> FollowAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            for (var after = 0; ;)
            {
                var slice = await grain.Read(after);
                foreach (var piece in slice.Pieces)
                {
                    yield return new TutorPiece(piece.Text, piece.Ends);
                }

                after += slice.Pieces.Length;
                if (slice.IsOver)
                {
                    yield return slice.Source is { } source ? new TutorPiece("", [], source with { Cached = true, Tokens = 0 }) : throw new TutorException("tutor-cut");
                    yield break;
                }

                await Task.Delay(Pause, time, cancellationToken);
            }
        }

        public ValueTask DisposeAsync() => _isEnded ? ValueTask.CompletedTask : new ValueTask(ShareAsync(grain.End(caller, null)));

        // The class that gives it goes on, whatever becomes of those that follow.
        private async Task ShareAsync(Task sharing)
        {
            try
            {
                await sharing;
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                logger.LogWarning(e, "An answer could not be shared");
            }
        }
    }
}
