using Classroom.Silo.Auth;
using Classroom.Silo.Speech;

namespace Classroom.Silo.Api;

/// <summary>A sentence of an explanation, read aloud: for a phone that has no voice of its language. By the sentence's number, never a text that the caller gives.</summary>
public static class SpokenText
{
    private const string Type = "audio/wav";

    public static void MapSpokenText(this WebApplication app) => app.MapGet(
        "/api/classrooms/{id:guid}/explanations/{explanation:guid}/{variant}/{sentence:int}/speech", SpeakAsync).RequireAuthorization().RequireRateLimiting(Limits.Speech);

    /// <param name="epoch">Which streaming of the variant the phone shows: the text of another one is another.</param>
    private static async Task<IResult> SpeakAsync(Guid id, Guid explanation, string variant, int sentence, int? epoch, HttpContext context, IGrainFactory grains, Voice voice)
    {
        var (user, by) = (context.User, Caller.ActorOf(context.User));
        if (by.Role != Role.Student || Caller.GuidOf(user, Caller.ClassroomClaim) != id)
        {
            return Errors.Of(StatusCodes.Status403Forbidden, "wrong-role");
        }

        if (!Variant.TryParse(variant, out var wanted))
        {
            return Errors.Of(StatusCodes.Status400BadRequest, "bad-id");
        }

        var reader = new Reader(Audience.Student(by.Id), by, Caller.GuidOf(user, Caller.DeviceClaim) ?? Guid.Empty);
        var text = await grains.GetGrain<IClassroomGrain>(id).ReadText(reader, explanation, wanted.ToString(), 0);
        if (text.Refusal is { } refusal)
        {
            return Errors.Of(refusal);
        }

        if (sentence < 0 || sentence >= text.SentenceEnds.Length || (epoch is not null && epoch != text.Epoch))
        {
            return Errors.Of(StatusCodes.Status404NotFound, "no-such-sentence");
        }

        var from = sentence == 0 ? 0 : text.SentenceEnds[sentence - 1];
        // A teacher's own words are of this lesson alone: they stay in no file.
        var spoken = await voice.SpeakAsync(text.Text[from..text.SentenceEnds[sentence]], wanted.Language, keeps: !text.OwnWords, context.RequestAborted);
        if (spoken.Sound is not { } sound)
        {
            return spoken.Silence switch
            {
                Silence.NothingToSay => Results.NoContent(),
                Silence.Busy => Errors.Of(StatusCodes.Status503ServiceUnavailable, "try-again"),
                _ => Errors.Of(StatusCodes.Status404NotFound, "no-voice"),
            };
        }

        // Nothing in it is a child's, and a phone that goes back to a sentence does not fetch it again.
        context.Response.Headers.CacheControl = "private, max-age=3600";
        return Results.Bytes(sound, Type);
    }
}
