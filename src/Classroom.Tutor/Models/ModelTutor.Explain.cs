using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.Extensions.AI;

namespace Classroom.Tutor;

public sealed partial class ModelTutor
{
    public async IAsyncEnumerable<TutorPiece> Explain(ExplainRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var (order, start, language) = (request.Order, request.Start, request.Variant.Language);
        var template = Template.Explain(request.Variant, order.Mode, order.Grade);
        // Only what the kit plans is cached; what somebody typed never is.
        var key = cache is null || order.TopicId is null || start is not null ? null : AnswerCache.KeyOf(
            "explain", template.Id, providers.Model, request.Variant, order.Grade, order.KitHash, order.LessonId, order.StepId, order.TopicId, order.Mode,
            order.Passage);
        if (key is not null && await cache!.FindAsync(key, cancellationToken) is { } known)
        {
            await foreach (var piece in ReplayAsync(known, cancellationToken))
            {
                yield return piece;
            }

            yield break;
        }

        var pseudonyms = new Pseudonyms();
        var data = order.Passage is null ? order.Topic.In(language) : order.Topic.In(language) + "\n\n" + order.Passage;
        if (order.TopicId is null)
        {
            await LookOverAsync(request.Call, data, cancellationToken);
            data = pseudonyms.Hide(data, request.Call.Names);
        }

        var messages = Messages(template.Text, new ChatMessage(ChatRole.User, DataBlock.Of(Label(language), data)));
        if (start is not null)
        {
            messages.Add(new ChatMessage(ChatRole.Assistant, pseudonyms.Hide(start.Text, request.Call.Names)));
            messages.Add(new ChatMessage(ChatRole.User, Template.Line("explain", language, "continue")));
        }

        var (started, text, cutter) = (time.GetTimestamp(), new StringBuilder(start?.Text), new SentenceCutter(start?.Text ?? ""));
        Provenance? source = null;
        var ends = ImmutableArray.CreateBuilder<int>();
        await foreach (var piece in CheckedAsync(request, messages, template.Id, pseudonyms, started, cancellationToken))
        {
            source = piece.Provenance ?? source;
            if (piece.Text.Length == 0)
            {
                continue;
            }

            text.Append(piece.Text);
            var more = cutter.Add(piece.Text);
            ends.AddRange(more);
            yield return new TutorPiece(piece.Text, more);
        }

        if (key is not null)
        {
            if (ends.Count == 0 || ends[^1] != text.Length)
            {
                ends.Add(text.Length);
            }

            await cache!.KeepAsync(key, new CachedAnswer(text.ToString(), ends.ToImmutable(), source!), cancellationToken);
        }

        yield return new TutorPiece("", [], source);
    }

    // One call, and one more if the first came in the wrong language: seen before the class reads a word of it.
    private async IAsyncEnumerable<TutorPiece> CheckedAsync(
        ExplainRequest request, List<ChatMessage> messages, string template, Pseudonyms pseudonyms, long started,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var language = request.Variant.Language;
        for (var attempt = 1; ; attempt++)
        {
            var (gate, answering, wrong) = (new Gate(language), new Answering(), false);
            var hold = await HoldAsync(request.Call, messages, MaxTokens, cancellationToken);
            var came = 0;
            try
            {
                var words = Failing(providers.StreamAsync(messages, new ChatOptions { MaxOutputTokens = MaxTokens }, answering, cancellationToken), (code, e) =>
                {
                    Count(answering, messages, came);
                    return new TutorException(code, e) { From = came == 0 ? null : Source(answering, template, started) };
                });
                await foreach (var word in words)
                {
                    came += word.Length;
                    if (!gate.Add(word))
                    {
                        wrong = true;
                        break;
                    }

                    if (gate.Take(whole: false) is { Length: > 0 } open)
                    {
                        yield return new TutorPiece(Pass(request.Call, gate, open, pseudonyms), []);
                    }
                }

                wrong = wrong || !gate.Close();
                if (!wrong && gate.Take(whole: true) is { Length: > 0 } rest)
                {
                    yield return new TutorPiece(Pass(request.Call, gate, rest, pseudonyms), []);
                }
            }
            finally
            {
                Count(answering, messages, came);
                await hold.SettleAsync(answering.Tokens);
            }

            if (!wrong)
            {
                yield return new TutorPiece("", [], Source(answering, template, started));
                yield break;
            }

            request.Call.Incident("wrong-language", language.ToString().ToLowerInvariant());
            if (attempt == 2 || gate.IsOpen)
            {
                throw new TutorException("wrong-language") { From = Source(answering, template, started) };
            }

            messages.Add(new ChatMessage(ChatRole.User, Template.Line("explain", language, "repair")));
        }
    }

    // The provider's endpoint is asked about whole answers only; while words run, the local rules look at them.
    private static string Pass(TutorCall call, Gate gate, string text, Pseudonyms pseudonyms)
    {
        if (LocalRules.Find(gate.Tail(LookBack + text.Length), isAnswer: true) is { } category)
        {
            call.Incident("output-withheld", category);
            throw new TutorException("output-withheld");
        }

        return pseudonyms.Restore(text);
    }

    private static async IAsyncEnumerable<string> Failing(IAsyncEnumerable<string> words, Func<string, Exception, TutorException> told)
    {
        await using var stream = words.GetAsyncEnumerator();
        while (true)
        {
            try
            {
                if (!await stream.MoveNextAsync())
                {
                    yield break;
                }
            }
            catch (TutorException e)
            {
                throw told(e.Code, e);
            }
            catch (OperationCanceledException e)
            {
                throw told("tutor-stopped", e);
            }

            yield return stream.Current;
        }
    }

    private async IAsyncEnumerable<TutorPiece> ReplayAsync(CachedAnswer known, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (started, at, end) = (time.GetTimestamp(), 0, 0);
        while (at < known.Text.Length)
        {
            var next = known.Text.IndexOf(' ', Math.Min(at + 1, known.Text.Length - 1));
            next = next < 0 || next <= at ? known.Text.Length : next;
            var ends = known.Ends.Skip(end).TakeWhile(e => e <= next).ToImmutableArray();
            end += ends.Length;
            yield return new TutorPiece(known.Text[at..next], ends);
            at = next;
            if (options.CachedWordDelay > TimeSpan.Zero)
            {
                await Task.Delay(options.CachedWordDelay, time, cancellationToken);
            }
        }

        yield return new TutorPiece("", [], known.Provenance with
        {
            Cached = true, Tokens = 0, Milliseconds = (long)time.GetElapsedTime(started).TotalMilliseconds,
        });
    }
}
