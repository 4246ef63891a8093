using System.Globalization;
using Classroom.Tutor;
using Microsoft.Extensions.Logging;

namespace Classroom.Grains;

/// <summary>The tutor's budget, kept by token grains: one for the lesson, one for the teacher's day, one for everybody's day.</summary>
public sealed class GrainTokenBudget(
    IGrainFactory grains, TokenLimits limits, TimeProvider time, ILogger<GrainTokenBudget> logger, Holders? holders = null) : ITokenBudget
{
    /// <summary>The scope of everybody's day.</summary>
    public static string DayOf(DateTimeOffset now) => "day/" + DateOf(now);

    /// <inheritdoc/>
    /// <remarks>What others hold is more than what they will use: a call that only that keeps out waits its turn.</remarks>
    /// <exception cref="TutorException">tutor-busy: it had no turn within <see cref="TokenLimits.WaitWithin"/>.</exception>
    public async Task<ITokenHold?> HoldAsync(TutorCall call, int tokens, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(call);
        var began = time.GetTimestamp();
        while (true)
        {
            try
            {
                var (hold, isFull, limit) = await TryHoldAsync(call, tokens);
                if (hold is not null || !await isFull!.HasLater(limit))
                {
                    return hold;
                }
            }
            catch (Exception e) when (e is not (OutOfMemoryException or TutorException or OperationCanceledException))
            {
                // Whoever keeps the budget is away: no call is made, and prepared text may stand in.
                throw new TutorException("tutor-unavailable", e);
            }

            cancellationToken.ThrowIfCancellationRequested();
            if (time.GetElapsedTime(began) >= limits.WaitWithin)
            {
                throw new TutorException("tutor-busy");
            }
        }
    }

    // All of the scopes, or none of them and the one that is full.
    private async Task<(ITokenHold? Hold, ITokenGrain? IsFull, int Limit)> TryHoldAsync(TutorCall call, int tokens)
    {
        var day = DateOf(time.GetUtcNow());
        (string Scope, int Limit)[] scopes =
        [
            ($"lesson/{call.ClassroomId}", limits.Lesson), ($"teacher/{call.TeacherId}/{day}", limits.TeacherDay), (DayOf(time.GetUtcNow()), limits.Day),
        ];
        var (id, held) = (Guid.CreateVersion7(), new List<ITokenGrain>());
        foreach (var (scope, limit) in scopes.Where(s => s.Limit > 0))
        {
            var grain = grains.GetGrain<ITokenGrain>(scope);
            var holds = false;
            // Before it is asked: a hold of which no answer came may stand.
            held.Add(grain);
            try
            {
                holds = await grain.Hold(id, tokens, limit, holders?.Own);
            }
            finally
            {
                if (!holds)
                {
                    // No call is made: what was held before it is given back, by whichever can be reached.
                    await new TokenHold(id, held, logger).SettleAsync(0);
                }
            }

            if (!holds)
            {
                return (null, grain, limit);
            }
        }

        return (new TokenHold(id, held, logger), null, 0);
    }

    /// <summary>The installation's day: <c>2026-11-26</c>, in UTC.</summary>
    public static string DateOf(DateTimeOffset now) => DateOnly.FromDateTime(now.UtcDateTime).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private sealed class TokenHold(Guid id, List<ITokenGrain> held, ILogger logger) : ITokenHold
    {
        public async Task SettleAsync(int tokens)
        {
            try
            {
                await Task.WhenAll(held.Select(h => h.Settle(id, tokens)));
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                // What is not settled counts as held: the budget errs on the side of the school.
                logger.LogWarning(e, "Tokens of call {Call} were not settled", id);
            }
        }
    }
}
