using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;

namespace Classroom.Tutor;

/// <summary>Explains one thing to the class, streamed: the model's words; the same words as they are given to another class just now; or again from the cache.</summary>
internal sealed partial class ModelExplain(ModelAccess model, AnswerCache? cache, ISharedAnswers? shared, TimeSpan cachedWordDelay)
{
    private const int LookBack = 160;
    private const string Openers = "«“\"(‘'[{*#—–-•$\\";

    // What other rules let pass is looked at again: a build of the guards is part of what shaped an answer.
    private static readonly string Guards = typeof(ModelExplain).Module.ModuleVersionId.ToString();
    private static readonly ChatOptions Wanted = new() { MaxOutputTokens = 900 };

    public async IAsyncEnumerable<TutorPiece> ExplainAsync(ExplainRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var order = request.Order;
        var template = Template.Explain(request.Variant, order.Mode, order.Grade);
        // Only what the kit plans is cached; what somebody typed never is.
        var key = cache is null || order.TopicId is null || request.Start is not null ? null : AnswerCache.KeyOf(
            "explain", Guards, template.Id, model.Providers.Model, request.Variant, order.Grade, order.KitHash, order.LessonId, order.StepId, order.TopicId, order.Mode,
            order.Passage);
        if (request.Discards is { } bad && cache is not null)
        {
            await cache.DiscardAsync(bad, cancellationToken);
        }

        var (answer, given) = (default(ISharedAnswer), new List<TutorPiece>());
        try
        {
            while (true)
            {
                var known = key is null || given.Count > 0 ? null : Good(await cache!.FindAsync(key, template.Id, cancellationToken));
                answer = key is null || shared is null || known is not null ? null : await shared.OpenAsync(key, given, cancellationToken);
                if (answer is { IsMine: true, Before.Count: 0 })
                {
                    // It may have been given to its end since the first look.
                    known = Good(await cache!.FindAsync(key!, template.Id, cancellationToken));
                }

                if (known is null && answer is not { IsMine: false })
                {
                    break;
                }

                await foreach (var piece in known is null ? answer!.FollowAsync(cancellationToken) : ReplayAsync(known, cancellationToken))
                {
                    given.Add(piece);
                    yield return given.Count > 1 || piece.From is not null ? piece : piece with { From = OfAnother(template) };
                }

                if (given is [.., { Provenance: not null }])
                {
                    yield break;
                }

                // Who gave it is gone: another gives the rest, or this class.
                await answer!.DisposeAsync();
            }

            foreach (var piece in answer?.Before.Skip(given.Count) ?? [])
            {
                yield return piece;
            }

            await foreach (var piece in GiveAsync(request, template, key, answer, cancellationToken))
            {
                yield return piece;
            }
        }
        finally
        {
            await (answer?.DisposeAsync() ?? ValueTask.CompletedTask);
        }

        // Also where that it is bad could not be kept.
        CachedAnswer? Good(CachedAnswer? known) => known is not null && request.Discards is { } discarded && SaidAgain.AreSame(known.Text, discarded) ? null : known;
    }

    // What another class is given just now: of the same model, most likely; its end says so for certain.
    private Provenance OfAnother(Template template) =>
        model.Providers.Model.Split('/', 2) is [var provider, var name] ? new(provider, name, template.Id, 0, 0, true) : new(model.Providers.Model, "", template.Id, 0, 0, true);

    // The model's own words, from the beginning or after what was given before.
    private async IAsyncEnumerable<TutorPiece> GiveAsync(
        ExplainRequest request, Template template, string? key, ISharedAnswer? answer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var before = answer is null ? "" : string.Concat(answer.Before.Select(p => p.Text));
        if (before.Length > 0)
        {
            request = request with { Start = new VariantStart(request.Variant.ToString(), 1, before, [.. answer!.Before.SelectMany(p => p.Ends)]) };
        }

        var (conversation, start) = (await BeginAsync(request, template, cancellationToken), request.Start);
        var (text, cutter, ends) = (new StringBuilder(start?.Text), new SentenceCutter(start?.Text ?? ""), ImmutableArray.CreateBuilder<int>());
        var (given, freed) = (0, 0);
        var (said, begins, isAgain, isShown) = (new SaidAgain(model.Discarded, start?.Text ?? ""), new Beginning(), false, false);
        await using var told = WordsAsync(request, conversation, cancellationToken).GetAsyncEnumerator(cancellationToken);
        var broken = default(ExceptionDispatchInfo);
        while (true)
        {
            // What passed before it broke off is looked at to its end, and shown.
            try
            {
                if (!await told.MoveNextAsync())
                {
                    break;
                }
            }
            catch (TutorException e)
            {
                broken = ExceptionDispatchInfo.Capture(e);
                break;
            }

            // What was discarded is compared word by word, and shown when it is another text.
            if (await said.AddAsync(told.Current, isEnd: false, cancellationToken) is not { } free)
            {
                isAgain = true;
                break;
            }

            (given, freed) = (given + told.Current.Length, freed + free.Length);
            if (begins.Read(free) is { Length: > 0 } more)
            {
                var piece = Piece(more, isWhole: given == freed);
                await (answer?.AddAsync(piece) ?? Task.CompletedTask);
                yield return piece;
            }
        }

        if (cancellationToken.IsCancellationRequested)
        {
            // Stopped: what it cost and where it is from is told by the stream's own end, and nobody waits for the rest.
            broken?.Throw();
        }

        var rest = isAgain ? null : await said.AddAsync("", isEnd: true, cancellationToken);
        if (rest is null)
        {
            broken?.Throw();
            throw conversation.Withheld("discarded", cameSome: isShown);
        }

        if (begins.Read(rest, isEnd: broken is null) is { Length: > 0 } last)
        {
            var piece = Piece(last, isWhole: true);
            await (answer?.AddAsync(piece) ?? Task.CompletedTask);
            yield return piece;
        }

        broken?.Throw();
        var source = conversation.Source;
        // What two gave, one after the other, is not certainly a good whole, nor is what is not known to be in its language: it is shared now and not kept.
        if (key is not null && start is null && LanguageCheck.IsIn(text.ToString(), request.Variant.Language) == true)
        {
            if (ends.Count == 0 || ends[^1] != text.Length)
            {
                ends.Add(text.Length);
            }

            await cache!.KeepAsync(key, new CachedAnswer(text.ToString(), ends.ToImmutable(), source), cancellationToken);
        }

        if (answer is not null)
        {
            await answer.EndAsync(source);
        }

        yield return new TutorPiece("", [], source);

        // isWhole: the gate let it pass to here, so a sentence or a part has ended.
        TutorPiece Piece(string words, bool isWhole)
        {
            // What is gone on with may end without a space: two sentences would be one word; two points of a list, one line.
            words = !isShown && text.Length > 0 && !char.IsWhiteSpace(text[^1]) && !char.IsWhiteSpace(words[0]) && (char.IsLetterOrDigit(words[0]) || Openers.Contains(words[0], StringComparison.Ordinal)) ? (ListItem().IsMatch(words) ? "\n" : " ") + words : words;
            isShown = true;
            text.Append(words);
            // The last of them has ended, though nothing follows yet.
            ImmutableArray<int> more = [.. cutter.Add(words), .. isWhole ? cutter.Settle() : []];
            ends.AddRange(more);
            return new TutorPiece(words, more);
        }
    }

    private async Task<ModelConversation> BeginAsync(ExplainRequest request, Template template, CancellationToken cancellationToken)
    {
        var (order, language) = (request.Order, request.Variant.Language);
        var conversation = new ModelConversation(model, request.Call, template);
        var data = order.Passage is null ? order.Topic.In(language) : order.Topic.In(language) + "\n\n" + order.Passage;
        if (order.TopicId is null)
        {
            await conversation.LookOverAsync(data, cancellationToken);
            conversation.AddWritten(DataBlock.LabelIn(language), data);
        }
        else
        {
            conversation.AddMaterial(DataBlock.LabelIn(language), data);
        }

        if (request.Start is { } start)
        {
            conversation.AddAnswer(start.Text);
            conversation.AddInstruction(Template.Line("explain", language, "continue"));
        }

        return conversation;
    }

    // One request, and one more if the first was answered in the wrong language before the class read a word of it; a sentence that comes later is held back, and ends it.
    private static async IAsyncEnumerable<string> WordsAsync(
        ExplainRequest request, ModelConversation conversation, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var language = request.Variant.Language;
        for (var attempt = 1; ; attempt++)
        {
            var told = request.Start?.Text ?? "";
            var (gate, begins, isWrong, isShown, withheld) = (new LanguageGate(language, told), new Beginning(told), false, false, default(string));
            await foreach (var word in conversation.StreamAsync(Wanted, cancellationToken))
            {
                isWrong = !gate.Add(word);
                var open = isWrong ? "" : gate.Take();
                withheld = FindIn(gate, open, conversation);
                if (isWrong || withheld is not null)
                {
                    break;
                }

                if (begins.Read(conversation.Restore(open, gate.Before(open.Length))) is { Length: > 0 } words)
                {
                    isShown = true;
                    yield return words;
                }
            }

            isWrong = isWrong || (withheld is null && !gate.Close());
            var rest = isWrong || withheld is not null ? "" : gate.Take();
            withheld ??= FindIn(gate, rest, conversation);
            if (withheld is not null)
            {
                throw conversation.Withheld(withheld, cameSome: isShown);
            }

            if (begins.Read(conversation.Restore(rest, gate.Before(rest.Length)), isEnd: !isWrong) is { Length: > 0 } last)
            {
                yield return last;
            }

            if (!isWrong)
            {
                yield break;
            }

            conversation.MustBeRepairable(attempt, language.ToString().ToLowerInvariant(), isShown);
            conversation.AddInstruction(Template.Line("explain", language, "repair"));
        }
    }

    // The provider's moderation is asked about whole answers only; while sentences come, the local rules look at each before it is shown, and at what it follows.
    private static string? FindIn(LanguageGate gate, string text, ModelConversation conversation) =>
        text.Length == 0 ? null : gate.Tail(LookBack + text.Length) is var tail && LocalRules.Find(tail, isAnswer: true) is { } found ? found
            : Markup.IsIn(tail) || Markup.HasLink(tail) ? "link" : conversation.SpeaksOfNobody(tail) ? "name"
            : gate.Unjudged() is var sentences && MarkTalk.IsIn(sentences) ? "mark" : Claims.AreIn(sentences) ? "claim" : PrivateLife.Asks(sentences) ? "private" : null;

    private async IAsyncEnumerable<TutorPiece> ReplayAsync(CachedAnswer known, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (started, at, end) = (model.Time.GetTimestamp(), 0, 0);
        while (at < known.Text.Length)
        {
            var next = known.Text.IndexOf(' ', Math.Min(at + 1, known.Text.Length - 1));
            next = next < 0 || next <= at ? known.Text.Length : next;
            var ends = known.Ends.Skip(end).TakeWhile(e => e <= next).ToImmutableArray();
            end += ends.Length;
            yield return new TutorPiece(known.Text[at..next], ends) { From = at == 0 ? known.Provenance with { Cached = true, Tokens = 0 } : null };
            at = next;
            if (cachedWordDelay > TimeSpan.Zero)
            {
                await Task.Delay(cachedWordDelay, model.Time, cancellationToken);
            }
        }

        yield return new TutorPiece("", [], known.Provenance with
        {
            Cached = true, Tokens = 0, Milliseconds = (long)model.Time.GetElapsedTime(started).TotalMilliseconds,
        });
    }

    [GeneratedRegex(@"^(?:[-*•–—]|\d{1,2}[.)])\s", RegexOptions.CultureInvariant, PatternLimit.Milliseconds)]
    private static partial Regex ListItem();
}
