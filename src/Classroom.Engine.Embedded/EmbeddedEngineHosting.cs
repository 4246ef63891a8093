using System.Collections.ObjectModel;
using System.Reflection;
using Classroom.Engine.Embedded;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans;

namespace Classroom.Engine.Embedded
{
    /// <summary>How the engine behaves. The defaults are those of Orleans.</summary>
    public sealed class EmbeddedEngineOptions
    {
        /// <summary>How long a caller waits before a TimeoutException.</summary>
        public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(30);

        /// <summary>How long an activation is idle before it is collected, unless its class says otherwise.</summary>
        public TimeSpan CollectionAge { get; set; } = TimeSpan.FromMinutes(15);

        /// <summary>How often idle activations are looked for.</summary>
        public TimeSpan CollectionQuantum { get; set; } = TimeSpan.FromMinutes(1);

        public TimeSpan ActivationTimeout { get; set; } = TimeSpan.FromSeconds(30);

        public TimeSpan DeactivationTimeout { get; set; } = TimeSpan.FromSeconds(30);

        /// <summary>Null: the TimeProvider of the host, or the system's.</summary>
        public TimeProvider? TimeProvider { get; set; }

        internal Collection<Assembly> GrainAssemblies { get; } = [];
    }
}

namespace Microsoft.Extensions.DependencyInjection
{
    public static class EmbeddedEngineServiceCollectionExtensions
    {
        /// <summary>
        /// Runs the grain classes of these assemblies in this process, and registers <see cref="IGrainFactory"/> and
        /// <see cref="IClusterClient"/>. Call it before services that use grains, so that it stops after them.
        /// </summary>
        public static IServiceCollection AddEmbeddedEngine(
            this IServiceCollection services, Action<EmbeddedEngineOptions>? configure, params Assembly[] grainAssemblies)
        {
            var first = services.All(static service => service.ServiceType != typeof(EmbeddedEngine));
            services.AddOptions<EmbeddedEngineOptions>().Configure(options =>
            {
                Array.ForEach(grainAssemblies, options.GrainAssemblies.Add);
                configure?.Invoke(options);
            });
            if (first)
            {
                services.AddLogging();
                services.AddSingleton<EmbeddedEngine>();
                services.AddSingleton<IGrainFactory>(static provider => provider.GetRequiredService<EmbeddedEngine>());
                services.AddSingleton<IClusterClient>(static provider => provider.GetRequiredService<EmbeddedEngine>());
                services.AddSingleton<IHostedService>(static provider => provider.GetRequiredService<EmbeddedEngine>());
            }

            return services;
        }

        public static IServiceCollection AddEmbeddedEngine(this IServiceCollection services, params Assembly[] grainAssemblies) =>
            services.AddEmbeddedEngine(configure: null, grainAssemblies);
    }
}
