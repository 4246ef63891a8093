using Classroom.Engine.Embedded;
using Orleans.Runtime;

namespace Orleans.Runtime
{
    /// <summary>Anything that can be called by reference: a grain or an observer.</summary>
    public interface IAddressable;

    /// <summary>The request was refused before a grain saw it.</summary>
    public class OrleansMessageRejectionException(string message) : Exception(message);

    /// <summary>The host is stopping: no new activation is made.</summary>
    public sealed class SiloUnavailableException(string message) : OrleansMessageRejectionException(message);

    /// <summary>The activation which produced the sequence is gone (rule E8).</summary>
    public sealed class EnumerationAbortedException(string message) : Exception(message);
}

namespace Orleans
{
    public interface IGrain : IAddressable;

    public interface IGrainWithGuidKey : IGrain;

    public interface IGrainWithStringKey : IGrain;

    /// <summary>An object outside the grains which grains may call (rule E7).</summary>
    public interface IGrainObserver : IAddressable;

    /// <summary>Makes references. A reference is cheap; the activation behind it appears with the first call.</summary>
    public interface IGrainFactory
    {
        TGrainInterface GetGrain<TGrainInterface>(Guid primaryKey) where TGrainInterface : IGrainWithGuidKey;

        TGrainInterface GetGrain<TGrainInterface>(string primaryKey) where TGrainInterface : IGrainWithStringKey;

        /// <summary>The engine keeps the object weakly: whoever wants the calls must hold it.</summary>
        TGrainObserverInterface CreateObjectReference<TGrainObserverInterface>(IGrainObserver obj)
            where TGrainObserverInterface : IGrainObserver;

        void DeleteObjectReference<TGrainObserverInterface>(IGrainObserver obj) where TGrainObserverInterface : IGrainObserver;
    }

    public interface IClusterClient : IGrainFactory
    {
        IServiceProvider ServiceProvider { get; }
    }

    /// <summary>The base of every grain class. The engine makes one instance per activation, with services from DI.</summary>
    public abstract class Grain : IAddressable
    {
        // Null when a unit test makes the grain by hand, as on Orleans.
        private readonly Activation? _activation = Activation.UnderConstruction;

        internal Activation Activation =>
            _activation ?? throw new InvalidOperationException("The grain was made by hand, outside the engine.");

        protected IGrainFactory GrainFactory => Activation.Engine;

        protected internal IServiceProvider ServiceProvider => Activation.Services;

        /// <summary>Runs before the first request. A failure fails the waiting callers (rule E6).</summary>
        public virtual Task OnActivateAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        /// <summary>Runs after the last request, except when the process dies.</summary>
        public virtual Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => Task.CompletedTask;

        /// <summary>Ends the activation once the running requests are done; the next call makes a fresh one.</summary>
        protected void DeactivateOnIdle() =>
            Activation.Deactivate(new(DeactivationReasonCode.ApplicationRequested, "DeactivateOnIdle was called."));

        /// <summary>Keeps an idle activation for this long; zero returns to the usual age, infinite keeps it until asked.</summary>
        protected void DelayDeactivation(TimeSpan timeSpan) => Activation.KeepFor(timeSpan);
    }

    public static class GrainExtensions
    {
        public static Guid GetPrimaryKey(this IAddressable grain) =>
            Guid.TryParseExact(AddressOf(grain).Key, "N", out var key)
                ? key
                : throw new InvalidOperationException($"The key of {AddressOf(grain)} is not a Guid.");

        public static string GetPrimaryKeyString(this IAddressable grain) => AddressOf(grain).Key;

        /// <summary>The grain itself, as others call it: hand this over, never <c>this</c>.</summary>
        public static TGrainInterface AsReference<TGrainInterface>(this IAddressable grain) => grain switch
        {
            TGrainInterface same when same is GrainReference => same,
            GrainReference reference => (TGrainInterface)GrainReference.Create(typeof(TGrainInterface), reference.Target),
            _ => (TGrainInterface)GrainReference.Create(typeof(TGrainInterface), AddressOf(grain)),
        };

        private static GrainAddress AddressOf(IAddressable grain) => grain switch
        {
            Grain own => own.Activation.Address,
            GrainReference { Target: GrainAddress address } => address,
            _ => throw new ArgumentException($"{grain?.GetType()} is neither a grain nor a reference to one.", nameof(grain)),
        };
    }

    public enum DeactivationReasonCode : byte
    {
        None,
        ShuttingDown,
        ActivationFailed,
        DirectoryFailure,
        ActivationIdle,
        ActivationUnresponsive,
        DuplicateActivation,
        IncompatibleRequest,
        ApplicationError,
        ApplicationRequested,
        Migrating,
        RuntimeRequested,
        HighMemoryPressure,
    }

    /// <summary>Why an activation ended. For logs only.</summary>
    public readonly struct DeactivationReason(DeactivationReasonCode code, Exception? exception, string text)
    {
        public DeactivationReason(DeactivationReasonCode code, string text) : this(code, exception: null, text)
        {
        }

        public DeactivationReasonCode ReasonCode { get; } = code;

        public string Description { get; } = text;

        public Exception? Exception { get; } = exception;

        public override string ToString() => $"{ReasonCode}: {Description} {Exception}".TrimEnd();
    }
}
