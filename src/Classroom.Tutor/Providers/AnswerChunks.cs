using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Classroom.Tutor;

/// <summary>
/// A server's stream of chunks, as the OpenAI package expects it. Servers differ in what they send: roles and ends of their own, several choices,
/// text in parts, thinking beside it, errors among the chunks, one whole answer though a stream was asked for. What is passed on is the text and
/// the thinking of the first choice, how it ended, and what it used. The stream ends where its end is said; where none is said, it has none.
/// </summary>
internal static class AnswerChunks
{
    // A whole answer that comes again behind its own words; a shorter one may be meant.
    private const int ShortestRepeat = 20;
    private static readonly string[] Thinking = ["reasoning_content", "reasoning", "thinking"];

    public static async Task<HttpResponseMessage> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var source = await response.Content.ReadAsStreamAsync(cancellationToken);
        var isOne = response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.OrdinalIgnoreCase) == true;
        var content = new StreamContent(new PulledStream(ct => isOne ? OneAsync(source, ct) : ManyAsync(source, ct), source));
        content.Headers.ContentType = new MediaTypeHeaderValue("text/event-stream");
        response.Content = content;
        return response;
    }

    private static async IAsyncEnumerable<byte[]> OneAsync(Stream source, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var node = await JsonNode.ParseAsync(source, cancellationToken: cancellationToken);
        yield return new Answer().Next(node, isError: false);
        yield return Done;
    }

    private static async IAsyncEnumerable<byte[]> ManyAsync(Stream source, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var answer = new Answer();
        await foreach (var item in SseParser.Create(source).EnumerateAsync(cancellationToken))
        {
            var data = item.Data.Trim();
            if (data == "[DONE]")
            {
                if (!answer.IsEnded)
                {
                    yield return answer.Chunk("", "", "stop", null);
                }

                // A server may keep its line open behind this.
                yield return Done;
                yield break;
            }

            if (data.Length > 0 && !answer.IsRepeated(item.EventId))
            {
                yield return answer.Next(JsonNode.Parse(data), isError: item.EventType == "error");
            }
        }
    }

    private static byte[] Done => "data: [DONE]\n\n"u8.ToArray();

    private sealed class Answer
    {
        private readonly StringBuilder _text = new();
        private string? _lastId;
        private string _model = "";

        public bool IsEnded { get; private set; }

        public bool IsRepeated(string? id)
        {
            var isRepeated = !string.IsNullOrEmpty(id) && id == _lastId;
            _lastId = id;
            return isRepeated;
        }

        public byte[] Next(JsonNode? node, bool isError)
        {
            if (node is not JsonObject root)
            {
                throw new InvalidDataException("A chunk is no object.");
            }

            if (isError || root["error"] is { } and not JsonValue { } || root["error"] is JsonValue value && Text(value).Length > 0)
            {
                throw ModelFault.OfChunk(root, _text.Length > 0);
            }

            _model = Text(root["model"]) is { Length: > 0 } model ? model : _model;
            var choice = (root["choices"] as JsonArray)?.OfType<JsonObject>().FirstOrDefault(c => Number(c["index"]) is null or 0);
            var said = choice?["delta"] as JsonObject ?? choice?["message"] as JsonObject;
            if (Text(said?["refusal"]).Length > 0)
            {
                throw new TutorException("answer-refused");
            }

            var (text, thinking) = Parts(said?["content"] ?? choice?["text"]);
            thinking += Thinking.Select(name => Text(said?[name])).FirstOrDefault(t => t.Length > 0);
            if (text.Length >= ShortestRepeat && text.Length == _text.Length && _text.Equals(text))
            {
                text = "";
            }

            _text.Append(text);
            return Chunk(text, thinking, Reason(Text(choice?["finish_reason"])), root["usage"] as JsonObject);
        }

        public byte[] Chunk(string text, string thinking, string? reason, JsonObject? usage)
        {
            IsEnded |= reason is not null;
            var delta = new JsonObject { ["role"] = "assistant", ["content"] = text };
            if (thinking.Length > 0)
            {
                delta["reasoning_content"] = thinking;
            }

            var (asked, answered) = (Number(usage?["prompt_tokens"]) ?? 0, Number(usage?["completion_tokens"]) ?? 0);
            var chunk = new JsonObject
            {
                ["id"] = "", ["object"] = "chat.completion.chunk", ["created"] = 0, ["model"] = _model,
                ["choices"] = new JsonArray(new JsonObject { ["index"] = 0, ["delta"] = delta, ["finish_reason"] = reason }),
            };
            if (usage is not null)
            {
                chunk["usage"] = new JsonObject
                {
                    ["prompt_tokens"] = asked, ["completion_tokens"] = answered, ["total_tokens"] = Math.Max(Number(usage["total_tokens"]) ?? 0, asked + answered),
                };
            }

            return Encoding.UTF8.GetBytes($"data: {chunk.ToJsonString()}\n\n");
        }

        // Text, or parts of it, of which some may be thinking.
        private static (string Text, string Thinking) Parts(JsonNode? content)
        {
            if (content is not JsonArray parts)
            {
                return (Text(content), "");
            }

            var (text, thinking) = (new StringBuilder(), new StringBuilder());
            foreach (var part in parts)
            {
                if (part is JsonObject o && Text(o["type"]) is var type && (type.Contains("think", StringComparison.OrdinalIgnoreCase) || type.Contains("reason", StringComparison.OrdinalIgnoreCase)))
                {
                    thinking.Append("...");
                }
                else
                {
                    text.Append(part is JsonObject written ? Text(written["text"]) : Text(part));
                }
            }

            return (text.ToString(), thinking.ToString());
        }

        // How servers name an end is not agreed upon. Null: none is said. What is not known to be a good end is none.
        private static string? Reason(string said)
        {
            bool Has(params ReadOnlySpan<string> words)
            {
                foreach (var word in words)
                {
                    if (said.Contains(word, StringComparison.OrdinalIgnoreCase))
                    {
                        return true;
                    }
                }

                return false;
            }

            return said.Length == 0 || Has("null") ? null
                : Has("tool", "function") ? "tool_calls"
                : Has("block") || ModelFault.IsFilter(said) ? "content_filter"
                : !Has("length", "max", "limit", "error", "abort") && Has("stop", "eos", "end", "done", "complete") ? "stop"
                : "length";
        }

        private static string Text(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text ?? "" : "";

        private static long? Number(JsonNode? node) => node is JsonValue value && value.TryGetValue(out double number) && number is >= 0 and < int.MaxValue ? (long)number : null;
    }
}
