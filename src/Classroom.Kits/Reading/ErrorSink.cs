using Classroom.Kits.Yaml;

namespace Classroom.Kits.Reading;

/// <summary>Collects every error of one file, up to a limit that a person could still read.</summary>
internal sealed class ErrorSink(string file)
{
    private const int Limit = 500;
    private readonly List<KitError> _errors = [];

    public IReadOnlyList<KitError> Errors => [.. _errors.OrderBy(e => e.Line).ThenBy(e => e.Column)];

    public bool Any => _errors.Count > 0;

    public void Add(string code, Position at, string field, string message)
    {
        if (_errors.Count < Limit)
        {
            _errors.Add(new KitError(file, at.Line, at.Column, field, code, message));
        }
        else if (_errors.Count == Limit)
        {
            _errors.Add(new KitError(file, at.Line, at.Column, field, KitErrorCodes.TooManyErrors, $"more than {Limit} errors: the rest is not shown"));
        }
    }
}
