namespace Classroom.Grains;

/// <summary>What a classroom answers without changing: from one state, which is only ever replaced whole, so that reads interleave.</summary>
public sealed partial class ClassroomGrain
{
    public Task<SyncResponse> Sync(SyncRequest request)
    {
        if (RefusalTo(request) is { } code)
        {
            return Task.FromResult(new SyncResponse(new Refusal(code), 0, null, [], ""));
        }

        var audience = request.Audience;
        var variant = audience.Kind == AudienceKind.Student ? _state.Seats[audience.StudentId].Variant : _state.BoardVariant;
        var missed = request.Seq > 0 ? _patches.Since(audience, request.Seq) : null;
        return Task.FromResult(missed is null
            ? new SyncResponse(null, _state.Seq, LessonJson.Encode(View.Of(_state, audience)), [], variant.ToString())
            : new SyncResponse(null, _state.Seq, null, missed.Value, variant.ToString()));
    }

    public Task<Guid?> SeatOf(string nickname) => Task.FromResult(
        _state.Seats.Values.FirstOrDefault(s => SeatsRules.Plain(s.Nickname) == SeatsRules.Plain(nickname))?.StudentId);

    public Task<string?> JoinCode() => Task.FromResult(_state.JoinCode);

    public Task<TextSlice> ReadText(Guid explanationId, string variant, int offset, bool isTeacher)
    {
        if (!_state.Explanations.TryGetValue(explanationId, out var explanation) || (explanation.InPreview && !isTeacher))
        {
            return Task.FromResult(TextSlice.Nothing);
        }

        if (!explanation.Completed.TryGetValue(variant, out var text))
        {
            return explanation.IsRunning ? Explanation(explanationId).Read(variant, offset) : Task.FromResult(TextSlice.Nothing);
        }

        var from = Math.Clamp(offset, 0, text.Text.Length);
        return Task.FromResult(new TextSlice(explanation.Number, explanation.EpochOf(variant), from, text.Text[from..], text.SentenceEnds));
    }

    private string? RefusalTo(SyncRequest request) => !_state.IsOpen ? "no-such-classroom" : request.Audience.Kind switch
    {
        // The server itself, for a report that a centre asks for; no browser can be that.
        AudienceKind.Teacher when request.By.Role == Role.System => null,
        AudienceKind.Teacher => request.By.Role == Role.Teacher && request.By.Id == _state.TeacherId ? null : "foreign-classroom",
        AudienceKind.Board => request.By.Role is Role.Board ? null : "wrong-role",
        AudienceKind.Student when request.By.Role == Role.Student && request.By.Id == request.Audience.StudentId =>
            !_state.Seats.TryGetValue(request.By.Id, out var seat) ? "no-seat"
            : seat.DeviceId == request.DeviceId ? null
            : seat.WaitingDevice == request.DeviceId ? "device-waiting" : "device-unknown",
        _ => "wrong-role",
    };
}
