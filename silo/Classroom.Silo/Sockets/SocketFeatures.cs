using System.Collections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace Classroom.Silo.Sockets;

/// <summary>The features a connection has are the connection itself; others are kept when somebody sets one.</summary>
internal sealed class SocketFeatures(SocketConnection connection) : IFeatureCollection
{
    private Dictionary<Type, object>? _others;

    public bool IsReadOnly => false;

    public int Revision { get; private set; }

    public object? this[Type key]
    {
        get => _others?.GetValueOrDefault(key) ?? (key.IsInstanceOfType(connection) ? connection : null);
        set
        {
            _others ??= [];
            Revision++;
            if (value is null)
            {
                _others.Remove(key);
            }
            else
            {
                _others[key] = value;
            }
        }
    }

    public TFeature? Get<TFeature>() => (TFeature?)this[typeof(TFeature)];

    public void Set<TFeature>(TFeature? instance) => this[typeof(TFeature)] = instance;

    public IEnumerator<KeyValuePair<Type, object>> GetEnumerator()
    {
        yield return new(typeof(IConnectionUserFeature), connection);
        foreach (var other in _others ?? [])
        {
            yield return other;
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
