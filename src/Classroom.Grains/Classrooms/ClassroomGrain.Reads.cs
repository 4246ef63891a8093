namespace Classroom.Grains;

/// <summary>What a classroom answers without changing: from one state, which is only ever replaced whole, so that reads interleave.</summary>
public sealed partial class ClassroomGrain
{
    public Task<SyncResponse> Sync(SyncRequest request)
    {
        if (Refused(request.Reader) is { } refusal)
        {
            return Task.FromResult(new SyncResponse(refusal, 0, null, [], "", NextOn(request.Reader)));
        }

        var audience = request.Audience;
        if (audience.Kind == AudienceKind.Board && _state.Boards.ContainsKey(request.Reader.By.Id) && !_state.BoardsSeen.Contains(request.Reader.By.Id))
        {
            // A turn of its own: reads change nothing.
            var connects = new Envelope(Guid.CreateVersion7(), Actor.System, new ConnectBoard(request.Reader.By.Id));
            Begin(() => this.AsReference<IClassroomGrain>().Execute(connects, CancellationToken.None));
        }

        var variant = audience.Kind == AudienceKind.Student ? _state.Seats[audience.StudentId].Variant : _state.BoardVariant;
        var missed = request.Seq > 0 ? _patches.Since(audience, request.Seq) : null;
        return Task.FromResult(missed is null
            ? new SyncResponse(null, _state.Seq, LessonJson.Encode(View.Of(_state, audience)), [], variant.ToString())
            : new SyncResponse(null, _state.Seq, null, missed.Value, variant.ToString()));
    }

    public Task<SeatOwner?> SeatOf(string nickname)
    {
        var plain = SeatsRules.Plain(nickname);
        var seat = _state.Seats.Values.FirstOrDefault(s => SeatsRules.Plain(s.Nickname) == plain);
        var entry = seat is null ? _state.Entries.Values.FirstOrDefault(e => SeatsRules.Plain(e.Nickname) == plain) : null;
        return Task.FromResult(seat is not null ? new SeatOwner(seat.StudentId, seat.DeviceId, seat.BrowserId, false, IsBarred(seat.BrowserId), seat.Room)
            : entry is not null ? new SeatOwner(entry.StudentId, entry.DeviceId, entry.BrowserId, true, IsBarred(entry.BrowserId), entry.Room) : null);
    }

    public Task<ImmutableArray<RoomCard>> Rooms() => Task.FromResult<ImmutableArray<RoomCard>>(!_state.HasSatellites ? []
        : [new RoomCard(RoomsRules.Hub, _state.HubName), .. _state.Rooms.OrderBy(r => r.Key).Select(r => new RoomCard(r.Key, r.Value))]);

    public Task<GroupCard?> Group() => Task.FromResult(_state.Opened is not { } opened ? null
        : new GroupCard(Id, opened.ClassName, opened.Plan.Title, _state.JoinCode, _state.IsRehearsal, _state.OtherGroup?.ClassroomId));

    // The groups share one room: what hangs in a satellite shows its own lesson.
    public Task<BoardGroup> GroupOf(Guid board) => Task.FromResult(new BoardGroup(
        Refused(new Reader(Audience.Board, new Actor(Role.Board, board), Guid.Empty)), _state.Boards.ContainsKey(board), _state.BoardRooms.ContainsKey(board) ? null : _state.OtherGroup?.ClassroomId, _state.Drawing.Contains(board)));

    public Task<string?> JoinCode() => Task.FromResult(_state.JoinCode);

    public Task<string?> LastJoinCode() => Task.FromResult(_state.JoinCode ?? _state.Opened?.JoinCode);

    public async Task<TextSlice> ReadText(Reader reader, Guid explanationId, string variant, int offset)
    {
        reader = Speaking(reader);
        if (Refused(reader) is { } refusal)
        {
            return TextSlice.Nothing with { Refusal = refusal };
        }

        if (!_state.Explanations.TryGetValue(explanationId, out var explanation) || (explanation.InPreview && !reader.Audience.IsTeacher))
        {
            return TextSlice.Nothing;
        }

        var ownWords = explanation.Order.TopicId is null;
        if (!explanation.Completed.TryGetValue(variant, out var text))
        {
            return explanation.IsRunning ? await Explanation(explanationId).Read(variant, offset) with { OwnWords = ownWords } : TextSlice.Nothing;
        }

        var from = Math.Clamp(offset, 0, text.Text.Length);
        return new TextSlice(explanation.Number, explanation.EpochOf(variant), from, text.Text[from..], text.SentenceEnds)
        {
            Prepared = text.Provenance.Provider.Length == 0 ? null : text.Provenance.IsPrepared, OwnWords = ownWords,
        };
    }

    public Task<PhotoOwner> OwnerOfPhoto(Reader reader, Guid photoId)
    {
        reader = Speaking(reader);
        return Task.FromResult(Refused(reader) is { } refusal ? new PhotoOwner(refusal)
            : _state.Photos.GetValueOrDefault(photoId) is { } photo && PhotosRules.IsSeenBy(_state, photo, reader.Audience) ? new PhotoOwner(null, photo.Work.StudentId, photo.Shot)
            : new PhotoOwner(null));
    }

    private Refusal? Refused(Reader reader) => RefusalTo(reader) is not { } code ? null
        : code == "device-waiting" && RequestOf(reader)?.Code is { } shown ? new Refusal(code, "code", shown) : new Refusal(code);

    private string? RefusalTo(Reader reader) => !_state.IsOpen ? "no-such-classroom" : reader.Audience.Kind switch
    {
        // The server itself, for a report that a centre asks for; no browser can be that.
        AudienceKind.Teacher when reader.By.Role == Role.System => null,
        AudienceKind.Teacher => reader.By.Role == Role.Teacher && reader.By.Id == _state.TeacherId ? null : "foreign-classroom",
        AudienceKind.Board => reader.By.Role is not Role.Board ? "wrong-role" : _state.Unpaired.Contains(reader.By.Id) ? "board-unpaired"
            : _state.Phase == LessonPhase.Ended ? "lesson-ended" : null,
        AudienceKind.Helper when reader.By.Role == Role.Helper && reader.By.Id == reader.Audience.StudentId =>
            !_state.Helpers.ContainsKey(reader.By.Id) ? "helper-dismissed" : _state.Phase == LessonPhase.Ended ? "lesson-ended" : null,
        AudienceKind.Student when reader.By.Role == Role.Student && reader.By.Id == reader.Audience.StudentId =>
            !_state.Seats.TryGetValue(reader.By.Id, out var seat) ? RefusalTo(reader.By.Id, reader.DeviceId)
            : seat.DeviceId == reader.DeviceId ? null
            : RequestOf(reader) is not null ? "device-waiting"
            : seat.Refused.Contains(reader.DeviceId) ? "device-refused"
            : seat.Displaced.Contains(reader.DeviceId) ? "device-busy" : "device-unknown",
        _ => "wrong-role",
    };

    // The phone waits as long as one of its children does.
    private string? RefusalTo(Guid student, Guid device)
    {
        var isWaiting = _state.Phase != LessonPhase.Ended && (_state.Entries.ContainsKey(student) || _state.Entries.Values.Any(e => e.DeviceId == device));
        return isWaiting ? "entrance-waiting" : _state.Forgotten.ContainsKey(student) ? "was-forgotten" : _state.NotLetIn.Contains(student) ? "not-let-in" : _state.Entries.ContainsKey(student) ? "lesson-ended" : "no-seat";
    }

    // By the ticket of a child that has left its phone the next one there asks.
    private Reader Speaking(Reader reader) => NextOn(reader) is { } next ? reader with { Audience = Audience.Student(next), By = reader.By with { Id = next } } : reader;

    private Guid? NextOn(Reader reader) =>
        _state.IsOpen && reader.Audience.Kind == AudienceKind.Student && Lesson.SpeakerOf(_state, reader.By, reader.DeviceId) is var next && next.Id != reader.By.Id ? next.Id : null;

    private bool IsBarred(Guid? browser) => browser is { } b && _state.Barred.Contains(b);

    private DeviceRequest? RequestOf(Reader reader) =>
        _state.Seats.GetValueOrDefault(reader.By.Id)?.Requests.FirstOrDefault(r => r.DeviceId == reader.DeviceId);
}
